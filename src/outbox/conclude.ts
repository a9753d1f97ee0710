import type { AttemptEnd } from './effect-attempt.js';
import type { Effect } from './effect.js';

type Ended = Exclude<AttemptEnd, { kind: 'not-begun' }>;

const tracesOf = (end: Ended): Pick<Effect, 'lastError' | 'result'> => ({
  ...(end.kind !== 'done' && { lastError: end.error }),
  ...('result' in end && end.result !== undefined && { result: end.result }),
});

/** An effect after one more attempt: ended, or waiting for the next. Of the attempt before, nothing is left in it. */
export function concluded(effect: Effect, end: Ended, now: number): Effect {
  if (end.kind === 'postponed') return { ...effect, lastError: end.error, nextAttemptAt: now + end.afterMs };
  const { lastError: _lastError, result: _result, interrupted: _interrupted, ...before } = effect;
  const tried = { ...before, ...tracesOf(end), attempts: effect.attempts + 1 };
  if (end.kind !== 'retry') return { ...tried, state: end.kind, finishedAt: now };
  return { ...tried, payload: end.payload ?? effect.payload, nextAttemptAt: now + end.afterMs };
}
