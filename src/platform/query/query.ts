import { InvalidRequestError } from '../errors/index.js';

/** How many rows a list has unless it is asked for fewer or more, and at most. */
const USUAL = 100;
const MOST = 1000;

/** An instant as people write it, ISO 8601 or milliseconds since the epoch; throws 400 for anything else. */
export function instantOf(name: string, value: unknown): number {
  const text = typeof value === 'number' ? String(value) : value;
  const time = typeof text !== 'string' ? Number.NaN : /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isNaN(time)) return time;
  const fault = typeof text === 'string' ? `'${text}' is no instant` : 'an instant is missing';
  throw new InvalidRequestError(`${name}: ${fault}: write 2026-01-31T12:00:00Z or milliseconds.`);
}

/** How many rows were asked for; throws 400 when that is no number from 1 to 1000. */
export function limitOf(text: string | undefined): number {
  if (text === undefined) return USUAL;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit;
  throw new InvalidRequestError(`limit: '${text}' is no number from 1 to ${MOST}.`);
}

/** One of some words; throws 400 for another. */
export function wordOf<T extends string>(name: string, words: readonly T[], text: string): T {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new InvalidRequestError(`${name}: '${text}' is none of ${words.join(', ')}.`);
}

/** An instant as ISO 8601; null where there is none. */
export function isoOf(time: number): string;
export function isoOf(time: number | undefined): string | null;
export function isoOf(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
