import type { Node } from './node.js';
import type { ParseExpression } from './parse-arguments.js';
import type { TokenStream } from './token-stream.js';

/** Parses a list `{1, 2}` or a map `{a: 1, 'b': 2}`, `{:}` being the empty map; the brace is already taken. */
export function parseBraces(tokens: TokenStream, expression: ParseExpression): Node {
  if (tokens.skip(':')) {
    tokens.expect('}');
    return { kind: 'map', entries: [] };
  }
  if (tokens.skip('}')) return { kind: 'list', items: [] };
  const first = expression(tokens);
  return tokens.skip(':') ? parseMap(tokens, expression, first) : parseList(tokens, expression, first);
}

function parseList(tokens: TokenStream, expression: ParseExpression, first: Node): Node {
  const items = [first];
  while (tokens.skip(',')) items.push(expression(tokens));
  tokens.expect('}');
  return { kind: 'list', items };
}

function parseMap(tokens: TokenStream, expression: ParseExpression, firstKey: Node): Node {
  const entries = [{ key: firstKey, value: expression(tokens) }];
  while (tokens.skip(',')) {
    const key = expression(tokens);
    tokens.expect(':');
    entries.push({ key, value: expression(tokens) });
  }
  tokens.expect('}');
  return { kind: 'map', entries };
}
