import type { CharRange, CharSet } from './char-set.js';

/** How a dialect of regular expressions writes sets: single characters, everything, nothing. */
export interface ClassNotation {
  readonly char: (code: number) => string;
  readonly all: string;
  readonly none: string;
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;
const isPlain = (code: number): boolean => /[0-9A-Za-z\u00a1-\u{10ffff}]/u.test(String.fromCodePoint(code));

/**
 * Letters, digits and all beyond ASCII as they are: engines see literal texts, and a class such as `\p{L}` takes a third
 * of the time to read. The rest as hexadecimal escapes.
 */
export const escapedWith =
  (letter: 'u' | 'x') =>
  (code: number): string =>
    isPlain(code) && !isSurrogate(code) ? String.fromCodePoint(code) : `\\${letter}{${code.toString(16)}}`;

/** A set in a dialect; as the complement if that is shorter. */
export function classSource(chars: CharSet, notation: ClassNotation): string {
  const { only } = chars;
  if (only !== undefined) return notation.char(only);
  if (chars.isEmpty) return notation.none;
  const others = chars.complement();
  if (others.isEmpty) return notation.all;
  const negated = others.ranges.length < chars.ranges.length;
  const ranges = (negated ? others : chars).ranges.map((range) => rangeSource(range, notation));
  return `[${negated ? '^' : ''}${ranges.join('')}]`;
}

function rangeSource([first, last]: CharRange, { char }: ClassNotation): string {
  return first === last ? char(first) : `${char(first)}-${char(last)}`;
}

/** The quantifier of a repetition; both dialects spell it alike. */
export function quantifierSource(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}
