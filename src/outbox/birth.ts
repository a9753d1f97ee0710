import type { UlidSource } from '../platform/ids/index.js';
import type { Effect, NewEffect } from './effect.js';

/** What makes two effects the same. */
export const keyOf = ({ kind, key }: Pick<Effect, 'kind' | 'key'>): string => `${kind}\n${key}`;

/**
 * An effect as it is written down first: waiting, or suppressed and thereby at its end.
 *
 * @param ids one source for all effects of an outbox, so that their ids sort in the order in which they were written
 */
export function born(fresh: NewEffect, now: number, ids: UlidSource): Effect {
  // PostgreSQL's texts hold every character but NUL; a key has to be the same in both twins.
  const key = fresh.key.replaceAll('\0', '\uFFFD');
  const effect = { ...fresh, key, id: ids.next(now), attempts: 0, createdAt: now };
  return fresh.suppressedBy === undefined
    ? { ...effect, state: 'pending' }
    : { ...effect, state: 'suppressed', finishedAt: now };
}
