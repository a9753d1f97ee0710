import { ExpressionFault, quoted } from '../expression-fault.js';
import { LIMITS } from '../limits.js';

export type TokenKind = 'text' | 'real' | 'integer' | 'name' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; of a text, what it says. */
  readonly text: string;
}

/**
 * One token. Longer signs stand before shorter ones, and `$[` before names, which may start with a dollar. `1.` is not a
 * number: the point belongs to a method call such as `1.toString()`.
 */
const TOKEN = new RegExp(
  [
    String.raw`(?<blank>[ \t\r\n]+)`,
    String.raw`(?<text>'[^']*(?:''[^']*)*'|"[^"]*(?:""[^"]*)*")`,
    String.raw`(?<real>\d+(?:\.\d+(?:[eE][+-]?\d+)?[fFdD]?|[eE][+-]?\d+[fFdD]?|[fFdD]))`,
    String.raw`(?<integer>(?:0[xX][\da-fA-F]+|\d+)[lL]?)`,
    String.raw`(?<symbol>\?[.:[]|[!^$]\[|[=!<>]=|&&|\|\||\+\+|--|[-+*/%^()[\]{},.:#?!<>])`,
    String.raw`(?<name>[A-Za-z_$][\w$]*)`,
  ].join('|'),
  'y',
);

/**
 * Cuts an expression into tokens, the last of kind `end`. Signs with side effects do not exist; `++` and `--` are read
 * only so that they are not taken for two signs.
 */
export function tokenize(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < expression.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(expression)?.groups;
    if (groups === undefined) throw new ExpressionFault(`cannot read ${quoted(expression.slice(at, at + 10))}`);
    const token = tokenOf(groups);
    if (token !== undefined) tokens.push(token);
    if (tokens.length > LIMITS.tokens) throw new ExpressionFault(`it has over ${LIMITS.tokens} words and signs`);
  }
  return [...tokens, { kind: 'end', text: 'the end' }];
}

const KINDS = ['text', 'real', 'integer', 'symbol', 'name'] as const;

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token | undefined {
  for (const kind of KINDS) {
    const text = groups[kind];
    if (text !== undefined) return { kind, text: kind === 'text' ? unquote(text) : text };
  }
  return undefined;
}

/** A quote inside a text is written twice. */
function unquote(literal: string): string {
  const quote = literal.charAt(0);
  return literal.slice(1, -1).replaceAll(quote + quote, quote);
}
