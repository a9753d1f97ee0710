import { ExpressionFault, quoted } from '../expression-fault.js';
import { parseBraces } from './parse-braces.js';
import type { Node } from './node.js';
import { parseArguments, type ParseExpression } from './parse-arguments.js';
import { parseInteger, parseReal } from './parse-number.js';
import type { TokenStream } from './token-stream.js';

/** Parses what a chain starts with: a literal, a name, a call, `#…`, `T(…)`, `new …`, `(…)`, `{…}` or `[…]`. */
export function parsePrimary(tokens: TokenStream, expression: ParseExpression): Node {
  const text = tokens.take('text');
  if (text) return { kind: 'literal', value: text.text };
  const real = tokens.take('real');
  if (real) return { kind: 'literal', value: parseReal(real.text) };
  const integer = tokens.take('integer');
  if (integer) return { kind: 'literal', value: parseInteger(integer.text) };
  const name = tokens.take('name');
  if (name) return parseNamed(tokens, expression, name.text);
  return parseSign(tokens, expression);
}

function parseNamed(tokens: TokenStream, expression: ParseExpression, name: string): Node {
  const word = name.toLowerCase();
  if (word === 'null') return { kind: 'literal', value: null };
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
  if (word === 'new' && tokens.next.kind === 'name') return parseConstruct(tokens, expression);
  const args = parseArguments(tokens, expression);
  if (args === undefined) return { kind: 'name', name };
  const first = args[0];
  if (name === 'T' && first !== undefined && args.length === 1) return parseStatic(tokens, expression, first);
  return { kind: 'call', name, args, target: { kind: 'self' }, safe: false };
}

function parseConstruct(tokens: TokenStream, expression: ParseExpression): Node {
  const parts = [tokens.expectName()];
  while (tokens.skip('.')) parts.push(tokens.expectName());
  const args = parseArguments(tokens, expression) ?? tokens.fail("'('");
  return { kind: 'construct', type: parts.join('.'), args };
}

/** `T(a.b.C)` is no value: only a function of it can be called. */
function parseStatic(tokens: TokenStream, expression: ParseExpression, type: Node): Node {
  tokens.expect('.');
  const name = tokens.expectName();
  const args = parseArguments(tokens, expression) ?? tokens.fail("'('");
  return { kind: 'static', type: dottedName(type) ?? tokens.fail('the name of a type'), name, args };
}

/** A type name was read like any chain of members; only a plain chain of names is one. */
function dottedName(node: Node): string | undefined {
  if (node.kind === 'name') return node.name;
  if (node.kind !== 'property' || node.safe) return undefined;
  const before = dottedName(node.target);
  return before === undefined ? undefined : `${before}.${node.name}`;
}

function parseSign(tokens: TokenStream, expression: ParseExpression): Node {
  if (tokens.skip('(')) {
    const node = expression(tokens);
    tokens.expect(')');
    return node;
  }
  if (tokens.skip('#')) return parseVariable(tokens, expression);
  if (tokens.skip('{')) return parseBraces(tokens, expression);
  if (!tokens.skip('[')) return tokens.fail('a value');
  const key = expression(tokens);
  tokens.expect(']');
  return { kind: 'index', target: { kind: 'self' }, key };
}

function parseVariable(tokens: TokenStream, expression: ParseExpression): Node {
  const name = tokens.expectName();
  const args = parseArguments(tokens, expression);
  if (args !== undefined) return { kind: 'helper', name, args };
  if (name === 'root') return { kind: 'root' };
  if (name === 'this') return { kind: 'self' };
  throw new ExpressionFault(`there is no variable ${quoted(`#${name}`)}`);
}
