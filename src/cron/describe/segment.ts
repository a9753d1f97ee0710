import { pieces } from './numbers.js';
import { Undescribable } from './undescribable.js';
import type { Words } from './words.js';

/**
 * Puts one field into words. A range goes before a comma, so `1-5,9` is read as the range from `1` to `5,9`; this and
 * other oddities are what people see in Echo.
 */
export function describeSegment(expression: string, words: Words): string {
  if (expression === '' || expression === '0') return '';
  if (expression === '*') return words.every;
  if (expression.includes('/')) return describeInterval(expression, words);
  if (expression.includes('-')) return describeRange(expression, words);
  if (expression.includes(','))
    return words.only(series(pieces(expression, ',').map((one) => words.one(one))), expression);
  return words.only(words.one(expression), expression);
}

function describeInterval(expression: string, words: Words): string {
  const [first = '', step] = pieces(expression, '/');
  if (step === undefined) throw new Undescribable(expression);
  words.one(step);
  const interval = words.interval(step);
  return first.includes('-') ? `${interval}, ${describeRange(first, words)}` : interval;
}

function describeRange(expression: string, words: Words): string {
  const [from, to] = pieces(expression, '-');
  if (from === undefined || to === undefined) throw new Undescribable(expression);
  return words.between(words.one(from), words.one(to));
}

/** `a`, `a and b`, `a, b, and c`. */
function series(values: readonly string[]): string {
  if (values.length < 3) return values.join(' and ');
  return `${values.slice(0, -1).join(', ')}, and ${values.at(-1) ?? ''}`;
}
