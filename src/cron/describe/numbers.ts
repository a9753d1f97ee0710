import { readInt } from '../dialect/java-text.js';
import { Undescribable } from './undescribable.js';

/** Forms that count as a number without being a whole one: 0x10, 5.5, 1E3, 5F. */
const OTHER_NUMBER = /^(?:0x[0-9a-f]+|(?!0\d)(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[df]?|\d+l)$/i;
/** Digits behind a zero are octal, so these are no number. */
const NO_OCTAL = /^0[0-9]*[89]/;

export function wholeNumber(text: string): number {
  const value = readInt(text);
  if (value === undefined) throw new Undescribable(text);
  return value;
}

/** Which form of a noun goes with a piece of an expression: the plural for numbers above 1 and for lists. */
export function plural(piece: string, one: string, many: string): string {
  const isNumber = !NO_OCTAL.test(piece) && (readInt(piece) !== undefined || OTHER_NUMBER.test(piece));
  if (isNumber) return wholeNumber(piece) > 1 ? many : one;
  return piece.includes(',') ? many : one;
}

export const twoDigits = (text: string): string => text.padStart(2, '0');

/** As a 12-hour clock without a leading zero; midnight is 0:00 AM. Numbers out of range are not minded. */
export function clockTime(hour: string, minute: string, second = '0'): string {
  const hours = wholeNumber(hour);
  const shown = hours > 12 ? hours - 12 : hours;
  const seconds = second === '0' ? '' : `:${twoDigits(String(wholeNumber(second)))}`;
  return `${shown}:${twoDigits(String(wholeNumber(minute)))}${seconds} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** The pieces between separators, without the empty ones at the end. */
export function pieces(text: string, separator: string): string[] {
  const all = text.split(separator);
  while (all.at(-1) === '') all.pop();
  return all;
}
