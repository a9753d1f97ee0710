import { ExpressionFault, quoted } from '../expression-fault.js';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const DAY_MS = 24 * 60 * 60 * 1000;

type Field = (date: Date, count: number) => string;

const number = (read: (date: Date) => number): Field => {
  return (date, count) => String(read(date)).padStart(count, '0');
};

/** From four letters on the whole name, else three of its letters. */
const named = (name: string | undefined, count: number): string => (name ?? '').slice(0, count >= 4 ? undefined : 3);

const year: Field = (date, count) => {
  const text = String(date.getUTCFullYear());
  return count === 2 ? text.slice(-2).padStart(2, '0') : text.padStart(count, '0');
};

const month: Field = (date, count) => {
  return count < 3 ? number((d) => d.getUTCMonth() + 1)(date, count) : named(MONTHS[date.getUTCMonth()], count);
};

const dayOfYear = (date: Date): number => {
  return Math.floor((date.getTime() - new Date(date).setUTCMonth(0, 1)) / DAY_MS) + 1;
};

/** What a letter of a pattern stands for: those of Java's `SimpleDateFormat` that need neither zone nor week rules. */
const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['y', year],
  ['M', month],
  ['d', number((date) => date.getUTCDate())],
  ['D', number(dayOfYear)],
  ['E', (date, count) => named(DAYS[date.getUTCDay()], count)],
  ['a', (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['H', number((date) => date.getUTCHours())],
  ['k', number((date) => date.getUTCHours() || 24)],
  ['K', number((date) => date.getUTCHours() % 12)],
  ['h', number((date) => date.getUTCHours() % 12 || 12)],
  ['m', number((date) => date.getUTCMinutes())],
  ['s', number((date) => date.getUTCSeconds())],
  ['S', number((date) => date.getUTCMilliseconds())],
  ['z', () => 'UTC'],
  ['Z', () => '+0000'],
  ['X', () => 'Z'],
]);

/** A run of one letter, a quote, a quoted part, or anything that stands for itself. */
const PART = /([A-Za-z])\1*|''|'(?:[^']|'')+'|[^A-Za-z']+|'/g;

/** Writes an instant by a `SimpleDateFormat` pattern, in UTC and English. @throws ExpressionFault for an unknown letter */
export function formatDate(pattern: string, epochMs: number): string {
  const date = new Date(epochMs);
  return pattern.replaceAll(PART, (part: string, letter: string | undefined) => {
    if (letter === undefined) return literal(part);
    const field = FIELDS.get(letter);
    if (field === undefined) throw new ExpressionFault(`dates have no field ${quoted(letter)}`);
    return field(date, part.length);
  });
}

function literal(part: string): string {
  if (part === "''") return "'";
  if (part === "'") throw new ExpressionFault('a date pattern has an open quote');
  return part.startsWith("'") ? part.slice(1, -1).replaceAll("''", "'") : part;
}
