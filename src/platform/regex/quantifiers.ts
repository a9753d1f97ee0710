import { longest } from './lengths.js';
import { LINE_BREAK } from './line-terminators.js';
import { PatternFault } from './pattern-fault.js';
import type { PatternReader } from './pattern-reader.js';
import type { Node } from './syntax.js';

/** Java counts in 32-bit integers. */
const MAX_COUNT = 2 ** 31 - 1;

export interface Quantifier {
  readonly min: number;
  /** `Infinity` without an upper bound. */
  readonly max: number;
  readonly mode: 'greedy' | 'lazy' | 'possessive';
}

/** Reads the quantifier that comes next, or undefined if there is none. */
export function readQuantifier(reader: PatternReader): Quantifier | undefined {
  const counts = readCounts(reader);
  if (!counts) return undefined;
  const [min, max] = counts;
  return { min, max, mode: reader.accept('?') ? 'lazy' : reader.accept('+') ? 'possessive' : 'greedy' };
}

function readCounts(reader: PatternReader): readonly [min: number, max: number] | undefined {
  if (reader.accept('*')) return [0, Infinity];
  if (reader.accept('+')) return [1, Infinity];
  if (reader.accept('?')) return [0, 1];
  return reader.accept('{') ? readBraces(reader) : undefined;
}

function readBraces(reader: PatternReader): readonly [min: number, max: number] {
  if (!/[0-9]/.test(reader.peekRaw() ?? '')) throw new PatternFault('a { outside [ ] is not followed by a number');
  const min = readCount(reader);
  const max = reader.accept(',') ? readCount(reader, Infinity) : min;
  if (!reader.accept('}')) throw new PatternFault('the { of a repetition is not closed');
  if (max < min) throw new PatternFault('a repetition has its larger number first');
  return [min, max];
}

function readCount(reader: PatternReader, absent = 0): number {
  const digits = reader.takeWhile(/[0-9]/);
  const count = Number(digits);
  if (count > MAX_COUNT) throw new PatternFault(`a repetition cannot have ${digits} rounds`);
  return digits === '' ? absent : count;
}

/**
 * An item with its quantifier. Java never goes back into a round of a possessive repetition, not even to reach the lowest
 * count, nor into a repeated `\R`.
 */
export function repeated(item: Node, { min, max, mode }: Quantifier): Node {
  const isPossessive = mode === 'possessive';
  const repeat: Node = {
    kind: 'repeat',
    item: isPossessive || item === LINE_BREAK ? atomic(item) : item,
    ...(longest(item) === 0 ? { min: Math.min(min, 1), max: Math.min(max, 1) } : { min, max }),
    lazy: mode === 'lazy',
  };
  return isPossessive ? atomic(repeat) : repeat;
}

const atomic = (item: Node): Node => (item.kind === 'set' ? item : { kind: 'atomic', item });
