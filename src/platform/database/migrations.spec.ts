import { expect, it } from 'vitest';
import { scripts } from './migrations.js';

/** What an older Echo beside a newer one would stumble over. */
const BREAKS = [
  // Nobody depends on an index.
  /\b(DROP(?!\s+INDEX)|RENAME|TRUNCATE)\b/i,
  /\bALTER\s+COLUMN\b/i,
  /\bADD\s+(CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN)\b/i,
  // A column that is added needs a value from those who do not know it.
  /\bADD\s+COLUMN\b(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT\s+NULL\b/i,
];

const withoutComments = (sql: string): string => sql.replaceAll(/--.*$/gm, '');

it.each(scripts().map(({ name, sql }) => [name, sql]))('%s only adds', (_name, sql) => {
  expect(BREAKS.filter((pattern) => pattern.test(withoutComments(sql)))).toEqual([]);
});

it('what does more than add is noticed', () => {
  const breaks = (sql: string): boolean => BREAKS.some((pattern) => pattern.test(sql));

  expect(breaks('ALTER TABLE t DROP COLUMN a')).toBe(true);
  expect(breaks('ALTER TABLE t ADD COLUMN a text NOT NULL')).toBe(true);
  expect(breaks('DROP INDEX i; CREATE INDEX i ON t (a)')).toBe(false);
  expect(breaks('ALTER TABLE t ADD COLUMN a text NOT NULL DEFAULT 0, ADD COLUMN b text')).toBe(false);
});
