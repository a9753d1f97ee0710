import type { Outcome } from './effect.js';
import type { RetryPolicy } from './performer.js';

/** An outcome whose pause before the next attempt is settled. */
export type DecidedOutcome = Exclude<Outcome, { kind: 'retry' }> | (Outcome & { kind: 'retry'; afterMs: number });

/** Pauses are spread over this share of their length, so that effects that failed together do not return together. */
const JITTER = 0.2;

/** A destination that asks to be left alone for longer is tried all the same. */
const LONGEST_WISH_MS = 3_600_000;

/** The pause after attempt number `attempts`, in milliseconds. */
export function pauseMs({ firstMs, factor, maxMs }: RetryPolicy, attempts: number, random: number): number {
  const pause = Math.min(maxMs, firstMs * factor ** (attempts - 1));
  return Math.round(pause * (1 - JITTER + 2 * JITTER * random));
}

/** Settles whether and when an effect is attempted again; a pause that the performer names always holds. */
export function decided(outcome: Outcome, attempts: number, policy: RetryPolicy | undefined): DecidedOutcome {
  if (outcome.kind !== 'retry' || outcome.afterMs !== undefined) return outcome as DecidedOutcome;
  const { error, result, atLeastMs = 0 } = outcome;
  if (policy && attempts < policy.attempts) {
    return {
      ...outcome,
      afterMs: Math.max(pauseMs(policy, attempts, Math.random()), Math.min(atLeastMs, LONGEST_WISH_MS)),
    };
  }
  return { kind: 'dead', error, ...(result !== undefined && { result }) };
}
