import { InvalidRequestError } from '../../platform/errors/index.js';

/** An instant as people write it: ISO 8601 or milliseconds since the epoch. */
export function instantOf(name: string, text: unknown, fallback?: number): number {
  if ((text === undefined || text === '') && fallback !== undefined) return fallback;
  const given = typeof text === 'number' ? String(text) : text;
  const time = typeof given !== 'string' ? Number.NaN : /^\d+$/.test(given) ? Number(given) : Date.parse(given);
  if (!Number.isNaN(time)) return time;
  throw new InvalidRequestError(`${name}: write an instant as 2026-01-31T12:00:00Z or in milliseconds.`);
}

/** One of a few words, or nothing. */
export function wordOf<T extends string>(name: string, text: string | undefined, words: readonly T[]): T | undefined {
  if (text === undefined || text === '') return undefined;
  const word = words.find((known) => known === text);
  if (word) return word;
  throw new InvalidRequestError(`${name}: '${text}' is none of ${words.join(', ')}.`);
}
