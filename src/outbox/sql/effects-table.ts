import { type Lease, type Transaction, type Unleased, arraysToLookUp, textOf } from '../../platform/database/index.js';
import type { Effect } from '../effect.js';
import { COLUMNS, type EffectRow, effectOf, jsonOf } from './effect-row.js';

const INSERT = `
  INSERT INTO effects (id, kind, key, payload, identity, cause, state, suppressed_by, created_at, not_before,
                       next_attempt_at, finished_at, leased_by, leased_until, bytes, lane, last_error)
  SELECT id, kind, key, payload, identity, cause, state, suppressed_by, created_at, not_before, not_before, finished_at,
         leased_by, leased_until, bytes, lane, last_error
  FROM unnest($1::text[], $2::text[], $3::text[], $4::json[], $5::jsonb[], $6::jsonb[], $7::text[], $8::text[],
              $9::bigint[], $10::bigint[], $11::bigint[], $12::text[], $13::bigint[], $14::int[], $15::text[], $16::text[])
    AS fresh (id, kind, key, payload, identity, cause, state, suppressed_by, created_at, not_before, finished_at,
              leased_by, leased_until, bytes, lane, last_error)
  -- All in the same order, so that two writers of the same keys wait for each other and do not lock each other out.
  ORDER BY kind, key
  ON CONFLICT (kind, key) DO NOTHING
  RETURNING id`;

/**
 * `leased_until` says of a pending effect when someone may take it: for its next attempt where nobody has it, after the
 * end of its owner otherwise. In the second case nobody knows how far the owner had come.
 *
 * Each lane gives a few, so that the many of one destination never hide those of another; the recursion jumps from lane
 * to lane along the index.
 */
const CLAIM = `
  WITH RECURSIVE lanes (lane) AS (
    (SELECT lane FROM effects WHERE state = 'pending' ORDER BY lane LIMIT 1)
    UNION ALL
    SELECT (SELECT next.lane FROM effects next WHERE next.state = 'pending' AND next.lane > lanes.lane
            ORDER BY next.lane LIMIT 1)
    FROM lanes WHERE lanes.lane IS NOT NULL
  ), due AS (
    SELECT found.* FROM lanes CROSS JOIN LATERAL (
      SELECT id AS due_id, leased_by IS NOT NULL AS abandoned, bytes AS due_bytes, leased_until AS due_at
      FROM effects
      WHERE state = 'pending' AND lane = lanes.lane AND leased_until <= $1
        AND (leased_by IS NULL OR leased_until <= $5)
      ORDER BY leased_until LIMIT $6 FOR UPDATE SKIP LOCKED
    ) found
    WHERE lanes.lane <> ALL($7)
    LIMIT $4
  ), measured AS (
    SELECT *, sum(due_bytes) OVER (ORDER BY due_at, due_id) - due_bytes AS bytes_before FROM due
  ), claimed AS (
    UPDATE effects SET leased_by = $2, leased_until = $3, interrupted = interrupted OR abandoned
    FROM measured WHERE id = due_id AND bytes_before < $8
    RETURNING ${COLUMNS}
  )
  SELECT * FROM claimed ORDER BY id`;

/** An effect to be written; without an owner it is for whoever looks first. */
export interface NewRow {
  readonly effect: Effect;
  /** JSON. */
  readonly payload: string;
  readonly bytes: number;
  readonly lane: string;
  readonly lease: Lease | Unleased;
}

export interface ClaimLimits {
  readonly now: number;
  readonly abandonedBefore: number;
  readonly most: number;
  readonly mostOfLane: number;
  readonly mostBytes: number;
  /** Lanes that get nothing. */
  readonly blocked: readonly string[];
}

const KNOWN = `
  SELECT ${COLUMNS} FROM effects JOIN unnest(${arraysToLookUp('text', 'text')}) AS wanted (wanted_kind, wanted_key)
  ON kind = wanted_kind AND key = wanted_key`;

/** An attempt that is to be noted: the effect after it, and whether its payload is another than before. */
export interface Ending {
  readonly effect: Effect;
  readonly repacked: boolean;
}

const ENDINGS = arraysToLookUp('text', 'text', 'int', 'json', 'text', 'json', 'bigint', 'bigint', 'boolean');

/** The statements over the table of effects. */
export const effectsTable = {
  /** Writes what is new; answers the ids of those. */
  async insert(on: Transaction, rows: readonly NewRow[]): Promise<Set<string>> {
    const column = <T>(read: (effect: Effect) => T): T[] => rows.map(({ effect }) => read(effect));
    const written = await on.query<{ id: string }[]>(INSERT, [
      column(({ id }) => id),
      column(({ kind }) => kind),
      column(({ key }) => key),
      rows.map(({ payload }) => payload),
      column(({ identity }) => JSON.stringify(identity)),
      column(({ cause }) => JSON.stringify(cause).replaceAll('\\u0000', '\uFFFD')),
      column(({ state }) => state),
      column(({ suppressedBy }) => suppressedBy ?? null),
      column(({ createdAt }) => createdAt),
      column(({ notBefore }) => notBefore ?? null),
      column(({ finishedAt }) => finishedAt ?? null),
      rows.map(({ lease }) => lease.by),
      rows.map(({ lease }) => lease.until),
      rows.map(({ bytes }) => bytes),
      rows.map(({ lane }) => textOf(lane)),
      column(({ lastError }) => lastError ?? null),
    ]);
    return new Set(written.map(({ id }) => id));
  },

  /** The effects that are known by these kinds and keys. */
  async known(on: Transaction, wanted: readonly Pick<Effect, 'kind' | 'key'>[]): Promise<Effect[]> {
    const keys = [wanted.map(({ kind }) => kind), wanted.map(({ key }) => key)];
    return (await on.query<EffectRow[]>(KNOWN, keys)).map(effectOf);
  },

  /** Leases effects that are due, or whose lease ran out before `abandonedBefore`, oldest first. */
  async claim(on: Transaction, limits: ClaimLimits, lease: Lease): Promise<Effect[]> {
    const { now, abandonedBefore, most, mostOfLane, mostBytes, blocked } = limits;
    const values = [now, lease.by, lease.until, most, abandonedBefore, mostOfLane, blocked, mostBytes];
    return (await on.query<EffectRow[]>(CLAIM, values)).map(effectOf);
  },

  /** Prolongs leases; answers the ids of the effects that are still this owner's. */
  async renew(on: Transaction, ids: readonly string[], lease: Lease): Promise<Set<string>> {
    // Rows whose end is being noted are passed over: they need no lease, and waiting for them could be a deadlock.
    const sql = `
      WITH own AS (
        SELECT id AS own_id FROM effects WHERE id = ANY($1) AND leased_by = $2 AND state = 'pending'
        FOR UPDATE SKIP LOCKED
      ), renewed AS (
        UPDATE effects SET leased_until = $3 FROM own WHERE id = own_id RETURNING id
      )
      SELECT id FROM renewed`;
    const rows = await on.query<{ id: string }[]>(sql, [ids, lease.by, lease.until]);
    return new Set(rows.map(({ id }) => id));
  },

  /** Gives leases back: whoever looks next may go on. */
  async release(
    on: Transaction,
    { begun, waiting }: { begun: readonly string[]; waiting: readonly string[] },
    by: string,
    now: number,
  ): Promise<void> {
    const sql = `UPDATE effects SET leased_by = NULL, leased_until = greatest($3, coalesce(next_attempt_at, 0)),
                   interrupted = interrupted OR id = ANY($4)
                 WHERE id = ANY($1) AND leased_by = $2 AND state = 'pending'`;
    await on.query(sql, [[...begun, ...waiting], by, now, begun]);
  },

  /** Notes attempts; an effect that meanwhile belongs to somebody else stays as that one has it. */
  async conclude(on: Transaction, ends: readonly Ending[], by: string): Promise<void> {
    const sql = `
      UPDATE effects SET state = new_state, attempts = new_attempts, payload = coalesce(new_payload, payload), last_error = new_error,
        result = new_result, finished_at = ended_at, next_attempt_at = again_at,
        leased_by = NULL, leased_until = again_at, interrupted = still_interrupted
      FROM unnest(${ENDINGS})
        AS new (new_id, new_state, new_attempts, new_payload, new_error, new_result, ended_at, again_at,
                still_interrupted)
      -- Wrapped, so that no index is asked which effects are pending: these are found by their ids.
      WHERE id = new_id AND coalesce(leased_by = $10 AND state = 'pending', false)`;
    const column = <T>(read: (effect: Effect) => T): T[] => ends.map(({ effect }) => read(effect));
    await on.query(sql, [
      column(({ id }) => id),
      column(({ state }) => state),
      column(({ attempts }) => attempts),
      ends.map(({ effect, repacked }) => (repacked ? jsonOf(effect.payload) : null)),
      column(({ lastError }) => textOf(lastError)),
      column(({ result }) => (result === undefined ? null : jsonOf(result))),
      column(({ finishedAt }) => finishedAt ?? null),
      column(({ state, nextAttemptAt }) => (state === 'pending' ? (nextAttemptAt ?? null) : null)),
      column(({ interrupted = false }) => interrupted),
      by,
    ]);
  },
};
