import type { Node, SelectionMode } from './node.js';
import { parseArguments, type ParseExpression } from './parse-arguments.js';
import { parsePrimary } from './parse-primary.js';
import type { TokenStream } from './token-stream.js';

const SELF: Node = { kind: 'self' };

/** Parses a primary and all that hangs on it: `a.b`, `a?.b`, `a['b']`, `a.b(…)`, `a.?[…]`, `a.![…]`. */
export function parseChain(tokens: TokenStream, expression: ParseExpression): Node {
  let node = parseBracketed(tokens, expression, SELF, false) ?? parsePrimary(tokens, expression);
  for (;;) {
    const next = parseStep(tokens, expression, node);
    if (next === undefined) return node;
    node = next;
  }
}

function parseStep(tokens: TokenStream, expression: ParseExpression, target: Node): Node | undefined {
  if (tokens.skip('[')) return { kind: 'index', target, key: closed(tokens, expression) };
  const safe = tokens.skip('?.');
  if (!safe && !tokens.skip('.')) return undefined;
  return parseBracketed(tokens, expression, target, safe) ?? parseMember(tokens, expression, target, safe);
}

function parseMember(tokens: TokenStream, expression: ParseExpression, target: Node, safe: boolean): Node {
  const name = tokens.expectName();
  const args = parseArguments(tokens, expression);
  return args === undefined ? { kind: 'property', name, target, safe } : { kind: 'call', name, args, target, safe };
}

const SELECTIONS: readonly (readonly [string, SelectionMode])[] = [
  ['?[', 'all'],
  ['^[', 'first'],
  ['$[', 'last'],
];

/** A projection or a selection; at the start of a chain it works on the current object. */
function parseBracketed(
  tokens: TokenStream,
  expression: ParseExpression,
  target: Node,
  safe: boolean,
): Node | undefined {
  if (tokens.skip('![')) return { kind: 'projection', target, safe, each: closed(tokens, expression) };
  for (const [symbol, mode] of SELECTIONS) {
    if (tokens.skip(symbol)) return { kind: 'selection', mode, target, safe, condition: closed(tokens, expression) };
  }
  return undefined;
}

function closed(tokens: TokenStream, expression: ParseExpression): Node {
  const node = expression(tokens);
  tokens.expect(']');
  return node;
}
