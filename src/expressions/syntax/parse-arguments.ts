import type { Node } from './node.js';
import type { TokenStream } from './token-stream.js';

/** The parser of a whole expression, handed down so that the files of the grammar form no cycle. */
export type ParseExpression = (tokens: TokenStream) => Node;

/** Parses `(a, b)` where it comes next. */
export function parseArguments(tokens: TokenStream, expression: ParseExpression): readonly Node[] | undefined {
  if (!tokens.skip('(')) return undefined;
  const args: Node[] = [];
  if (tokens.skip(')')) return args;
  do args.push(expression(tokens));
  while (tokens.skip(','));
  tokens.expect(')');
  return args;
}
