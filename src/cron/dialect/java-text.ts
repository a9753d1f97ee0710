import { javaFault } from './cron-fault.js';

const OUT_OF_BOUNDS = 'java.lang.StringIndexOutOfBoundsException';
const MAX_INT = 2 ** 31 - 1;

/** `charAt`, with Java's message for a position outside of the text. */
export function charAt(text: string, index: number): string {
  const char = text[index];
  if (char === undefined) throw javaFault(OUT_OF_BOUNDS, `String index out of range: ${index}`);
  return char;
}

/** The three characters from `begin` on, with Java's message when there are fewer. */
export function threeFrom(text: string, begin: number): string {
  const end = begin + 3;
  if (end > text.length) throw javaFault(OUT_OF_BOUNDS, `begin ${begin}, end ${end}, length ${text.length}`);
  return text.slice(begin, end);
}

/** `Integer.parseInt`: an optional sign and digits, nothing else, within 32 bits. Undefined for everything else. */
export function readInt(text: string): number | undefined {
  const value = /^[+-]?[0-9]+$/.test(text) ? Number(text) : NaN;
  return value >= -MAX_INT - 1 && value <= MAX_INT ? value : undefined;
}

/** As `readInt`, but with Java's message for what is no such number. */
export function requireInt(text: string): number {
  const value = readInt(text);
  if (value === undefined) throw javaFault('java.lang.NumberFormatException', `For input string: "${text}"`);
  return value;
}

/** The end of the run of ASCII digits that starts at `index`. */
export function digitsEnd(text: string, index: number): number {
  let end = index;
  while (isDigit(text[end])) end++;
  return end;
}

export const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
export const isLetter = (char: string): boolean => char >= 'A' && char <= 'Z';
