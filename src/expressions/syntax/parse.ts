import type { BinaryOperator, Node } from './node.js';
import { parseChain } from './parse-chain.js';
import { TokenStream } from './token-stream.js';
import { tokenize } from './tokenize.js';

interface Level {
  /** How an operator may be written → which one it is. */
  readonly operators: ReadonlyMap<string, BinaryOperator>;
  /** `1 < 2 < 3` and `2 ^ 3 ^ 2` are no expressions. */
  readonly chains: boolean;
}

function level(chains: boolean, spellings: Readonly<Partial<Record<BinaryOperator, string>>>): Level {
  const operators = new Map<string, BinaryOperator>();
  for (const [operator, spelling] of Object.entries(spellings)) {
    for (const written of spelling.split(' ')) operators.set(written, operator as BinaryOperator);
  }
  return { operators, chains };
}

/** From the loosest to the tightest. */
const LEVELS: readonly Level[] = [
  level(true, { or: 'or ||' }),
  level(true, { and: 'and &&' }),
  level(false, {
    '==': '== eq',
    '!=': '!= ne',
    '<': '< lt',
    '<=': '<= le',
    '>': '> gt',
    '>=': '>= ge',
    matches: 'matches',
    between: 'between',
  }),
  level(true, { '+': '+', '-': '-' }),
  level(true, { '*': '*', '/': '/ div', '%': '% mod' }),
  level(false, { '^': '^' }),
];

/** Parses one expression of the Spring Expression dialect, without the parts that have side effects. */
export function parse(expression: string): Node {
  const tokens = new TokenStream(tokenize(expression));
  const node = parseExpression(tokens);
  return tokens.take('end') ? node : tokens.fail('the end');
}

function parseExpression(tokens: TokenStream): Node {
  return tokens.nested(() => {
    const value = parseBinary(tokens, 0);
    if (tokens.skip('?:')) return { kind: 'elvis', value, fallback: parseExpression(tokens) };
    if (!tokens.skip('?')) return value;
    const yes = parseExpression(tokens);
    tokens.expect(':');
    return { kind: 'conditional', test: value, yes, no: parseExpression(tokens) };
  });
}

function parseBinary(tokens: TokenStream, index: number): Node {
  const level = LEVELS[index];
  if (level === undefined) return parseUnary(tokens);
  let left = parseBinary(tokens, index + 1);
  let operator = takeOperator(tokens, level);
  while (operator !== undefined) {
    left = { kind: 'binary', operator, left, right: parseBinary(tokens, index + 1) };
    operator = level.chains ? takeOperator(tokens, level) : undefined;
  }
  return left;
}

function takeOperator(tokens: TokenStream, level: Level): BinaryOperator | undefined {
  const { kind, text } = tokens.next;
  if (kind !== 'symbol' && kind !== 'name') return undefined;
  const operator = level.operators.get(text.toLowerCase());
  if (operator !== undefined) tokens.take(kind);
  return operator;
}

function parseUnary(tokens: TokenStream): Node {
  const operator = takeUnary(tokens);
  if (operator === undefined) return parseChain(tokens, parseExpression);
  return { kind: 'unary', operator, operand: tokens.nested(() => parseUnary(tokens)) };
}

function takeUnary(tokens: TokenStream): '+' | '-' | '!' | undefined {
  if (tokens.skip('+')) return '+';
  if (tokens.skip('-')) return '-';
  return tokens.skip('!') || tokens.skipWord('not') ? '!' : undefined;
}
