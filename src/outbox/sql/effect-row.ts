import { type JsonValue, parseJson, stringifyJson } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import type { Cause, Effect, EffectState, Handling } from '../effect.js';

/** A row of `effects`; the texts of `payload` and `result` are JSON. */
export interface EffectRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly payload: string;
  readonly identity: Identity;
  readonly cause: Cause;
  readonly state: EffectState;
  readonly suppressed_by: string | null;
  readonly attempts: number;
  /** bigint: pg gives texts. */
  readonly created_at: string;
  readonly not_before: string | null;
  readonly next_attempt_at: string | null;
  readonly finished_at: string | null;
  readonly last_error: string | null;
  readonly result: string | null;
  readonly interrupted: boolean;
  readonly discarded: string | null;
  readonly handled: Handling | null;
}

export const COLUMNS =
  'id, kind, key, payload::text AS payload, identity, cause, state, suppressed_by, attempts, created_at, not_before, ' +
  'next_attempt_at, finished_at, last_error, result::text AS result, interrupted, discarded, handled';

export const jsonOf = (value: unknown): string => stringifyJson(value as JsonValue);

export function effectOf(row: EffectRow): Effect {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    payload: parseJson(row.payload),
    identity: row.identity,
    cause: row.cause,
    state: row.state,
    attempts: row.attempts,
    createdAt: Number(row.created_at),
    ...(row.suppressed_by !== null && { suppressedBy: row.suppressed_by }),
    ...(row.not_before !== null && { notBefore: Number(row.not_before) }),
    ...(row.next_attempt_at !== null && { nextAttemptAt: Number(row.next_attempt_at) }),
    ...(row.finished_at !== null && { finishedAt: Number(row.finished_at) }),
    ...(row.last_error !== null && { lastError: row.last_error }),
    ...(row.result !== null && { result: parseJson(row.result) }),
    ...(row.discarded !== null && { discarded: row.discarded }),
    ...(row.handled !== null && { handled: row.handled }),
    ...(row.interrupted && { interrupted: true }),
  };
}
