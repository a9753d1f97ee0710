interface Token {
  readonly value: string;
  readonly lineno: number;
  readonly colno: number;
}
interface Parser {
  nextToken(): Token;
  parseExpression(): unknown;
  advanceAfterBlockEnd(name: string): void;
}
interface Nodes {
  readonly NodeList: new (lineno: number, colno: number, children: readonly unknown[]) => unknown;
  readonly CallExtension: new (extension: DoTag, method: string, args: unknown, blocks: readonly unknown[]) => unknown;
}

/** `{% do list.append(item) %}`: evaluates an expression and writes nothing. */
export class DoTag {
  readonly tags = ['do'];

  parse(parser: Parser, nodes: Nodes): unknown {
    const { value, lineno, colno } = parser.nextToken();
    const args = new nodes.NodeList(lineno, colno, [parser.parseExpression()]);
    parser.advanceAfterBlockEnd(value);
    return new nodes.CallExtension(this, 'run', args, []);
  }

  run(): string {
    return '';
  }
}
