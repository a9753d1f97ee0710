import { newUlid } from '../platform/ids/index.js';
import type { Effect, NewEffect } from './effect.js';

/** What makes two effects the same. */
export const keyOf = ({ kind, key }: Pick<Effect, 'kind' | 'key'>): string => `${kind}\n${key}`;

/** An effect as it is written down first: waiting, or suppressed and thereby at its end. */
export function born(fresh: NewEffect, now: number): Effect {
  // PostgreSQL's texts hold every character but NUL; a key has to be the same in both twins.
  const key = fresh.key.replaceAll('\0', '\uFFFD');
  const effect = { ...fresh, key, id: newUlid(now), attempts: 0, createdAt: now };
  return fresh.suppressedBy === undefined
    ? { ...effect, state: 'pending' }
    : { ...effect, state: 'suppressed', finishedAt: now };
}
