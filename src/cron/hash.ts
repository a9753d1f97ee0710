import type { InvalidCron } from './parse-cron.js';

const HASHED_FIELDS = [60, 60, 24];
const REQUIRED_FIELDS = 6;
const WITH_YEAR = 7;

export type HashExpansion = { readonly kind: 'expanded'; readonly expression: string } | InvalidCron;

/**
 * Replaces every `H` in seconds, minutes and hours by a number derived from an id, so that triggers with one expression
 * spread over time: the absolute remainder of Java's hash of the id, by 60, 60 and 24 (cron.md §2). An expression without
 * one is given back untouched; the dialect itself knows no `H`.
 *
 * Fields are parted by single spaces here, so doubled spaces move them and a year counts only in the seventh place.
 * Fewer than six fields are refused, in the words of the dialect, whether there is an `H` or not.
 */
export function expandHash(expression: string, id: string): HashExpansion {
  const fields = fieldsOf(expression);
  if (fields.length < REQUIRED_FIELDS) {
    return { kind: 'invalid', message: 'Unexpected end of expression.', offset: expression.length };
  }
  if (!hasHash(expression)) return { kind: 'expanded', expression };
  const hash = javaHash(id);
  const kept = fields.slice(0, fields.length === WITH_YEAR ? WITH_YEAR : REQUIRED_FIELDS);
  const expanded = kept.map((field, index) => {
    const size = HASHED_FIELDS[index];
    return size === undefined ? field : field.replaceAll('H', String(Math.abs(hash % size)));
  });
  return { kind: 'expanded', expression: expanded.join(' ') };
}

/** Whether seconds, minutes or hours contain an `H`. */
export function hasHash(expression: string): boolean {
  return fieldsOf(expression)
    .slice(0, HASHED_FIELDS.length)
    .some((field) => field.includes('H'));
}

/** As Java's `trim` and `split` part them: empty fields stay between others, and are dropped at the end. */
export function fieldsOf(expression: string): string[] {
  return expression.replace(/^[\0- ]+|[\0- ]+$/g, '').split(' ');
}

function javaHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}
