import type { Effect } from './effect.js';
import type { DecidedOutcome } from './retry.js';

const tracesOf = (outcome: DecidedOutcome): Pick<Effect, 'lastError' | 'result'> => ({
  ...(outcome.kind !== 'done' && { lastError: outcome.error }),
  ...(outcome.result !== undefined && { result: outcome.result }),
});

/** An effect after one more attempt: ended, or waiting for the next. Of the attempt before, nothing is left in it. */
export function concluded(effect: Effect, outcome: DecidedOutcome, now: number): Effect {
  const { lastError: _lastError, result: _result, interrupted: _interrupted, ...before } = effect;
  const tried = { ...before, ...tracesOf(outcome), attempts: effect.attempts + 1 };
  if (outcome.kind !== 'retry') return { ...tried, state: outcome.kind, finishedAt: now };
  return { ...tried, payload: outcome.payload ?? effect.payload, nextAttemptAt: now + outcome.afterMs };
}
