import type { Budget } from '../budget.js';
import { ExpressionFault } from '../expression-fault.js';

/** The part from a place up to another, both within the text, as Java wants it. */
export function slice(text: string, start: number, end: number): string {
  if (start < 0 || end > text.length || start > end) {
    throw new ExpressionFault(`a text of ${text.length} characters has no part from ${start} to ${end}`);
  }
  return text.slice(start, end);
}

/** Without the control characters and blanks at both ends; other white space stays, unlike in JavaScript. */
export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charAt(start) <= ' ') start++;
  while (end > start && text.charAt(end - 1) <= ' ') end--;
  return text.slice(start, end);
}

export function indexOf(text: string, part: string, from: number, budget: Budget): number {
  spendSearch(text, part, budget);
  return text.indexOf(part, from);
}

export function lastIndexOf(text: string, part: string, budget: Budget): number {
  spendSearch(text, part, budget);
  return text.lastIndexOf(part);
}

/** At worst a search looks at every place for all of the part. */
function spendSearch(text: string, part: string, budget: Budget): void {
  budget.spendCharacters(text.length * Math.max(1, Math.min(part.length, text.length)));
}

export function replaceLiteral(text: string, part: string, replacement: string, budget: Budget): string {
  spendSearch(text, part, budget);
  const count = part === '' ? text.length + 1 : text.split(part).length - 1;
  budget.admitText(text.length + count * (replacement.length - part.length));
  return text.replaceAll(part, () => replacement);
}

/** Java's `compareTo`: the distance of the first characters that differ, else of the lengths. */
export function differenceOf(left: string, right: string, budget: Budget): number {
  const common = Math.min(left.length, right.length);
  budget.spendCharacters(common * 10);
  for (let at = 0; at < common; at++) {
    const difference = left.charCodeAt(at) - right.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** That text so many times. */
export function repeat(text: string, count: number, budget: Budget): string {
  if (!Number.isInteger(count) || count < 0) throw new ExpressionFault('a text is repeated zero times or more');
  budget.admitText(text.length * count);
  return text.repeat(count);
}

/** One text after another. */
export function joinTexts(parts: readonly string[], separator: string, budget: Budget): string {
  budget.admitText(parts.reduce((size, part) => size + part.length + separator.length, 0));
  return parts.join(separator);
}
