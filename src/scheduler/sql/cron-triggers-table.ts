import { type Transaction, arraysToLookUp } from '../../platform/database/index.js';
import type { CronTrigger } from '../../slots/index.js';
import type { DueTrigger, Turn } from '../trigger-store.js';
import { COLUMNS, type CronTriggerRow, parametersOf, scheduledOf } from './cron-trigger-row.js';

/** The columns in the order of `valuesOf`. */
const WRITTEN = `key, trigger_group, id, application, pipeline_id, cron_expression, expression, time_zone, rebake,
  run_as_user, parameters, overlap_policy, catch_up_window_ms, jitter_ms, fingerprint, next_slot`;

const INSERT = `
  INSERT INTO cron_triggers (${WRITTEN})
  SELECT ${WRITTEN}
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::boolean[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::bigint[], $15::text[],
              $16::bigint[])
    AS fresh (${WRITTEN})
  ON CONFLICT (key)`;

/** A trigger that is due at the same times as before keeps its place in time, also one that a claim has just moved on. */
const REPLACE = `
  ${INSERT} DO UPDATE SET
    application = excluded.application, pipeline_id = excluded.pipeline_id, cron_expression = excluded.cron_expression,
    rebake = excluded.rebake, run_as_user = excluded.run_as_user, parameters = excluded.parameters,
    overlap_policy = excluded.overlap_policy, catch_up_window_ms = excluded.catch_up_window_ms,
    jitter_ms = excluded.jitter_ms,
    fingerprint = excluded.fingerprint, expression = excluded.expression, time_zone = excluded.time_zone,
    next_slot = CASE
      WHEN (cron_triggers.expression, cron_triggers.time_zone) = (excluded.expression, excluded.time_zone)
      THEN cron_triggers.next_slot ELSE excluded.next_slot END`;

/** What is due, out of every other instance's way until the end of the transaction. */
const TAKE = `
  SELECT ${COLUMNS} FROM cron_triggers WHERE next_slot <= $1 ORDER BY next_slot LIMIT $2 FOR UPDATE SKIP LOCKED`;

const MOVE_ON = `
  UPDATE cron_triggers SET next_slot = moved.at
  FROM unnest(${arraysToLookUp('text', 'bigint')}) AS moved (moved_key, at) WHERE key = moved_key`;

/** A trigger as it is to be written. */
export interface FreshRow {
  readonly trigger: CronTrigger;
  readonly fingerprint: string;
  readonly nextSlot: number | undefined;
}

/** The statements over the table of cron triggers. */
export const cronTriggersTable = {
  /** Lets one sync after the other; claims go on meanwhile. Until the end of the transaction. */
  async lockForSync(on: Transaction): Promise<void> {
    await on.query(`SELECT pg_advisory_xact_lock(hashtext('cron_triggers'))`);
  },

  /** Keys and fingerprints of the triggers of pipelines. */
  async fingerprints(on: Transaction): Promise<Map<string, string>> {
    const sql = `SELECT key, fingerprint FROM cron_triggers WHERE trigger_group = 'pipeline'`;
    const rows = await on.query<{ key: string; fingerprint: string }[]>(sql);
    return new Map(rows.map(({ key, fingerprint }) => [key, fingerprint]));
  },

  async replace(on: Transaction, rows: readonly FreshRow[]): Promise<void> {
    await on.query(REPLACE, valuesOf(rows));
  },

  /** Whether it was new. */
  async insert(on: Transaction, row: FreshRow): Promise<boolean> {
    const written = await on.query<unknown[]>(`${INSERT} DO NOTHING RETURNING key`, valuesOf([row]));
    return written.length > 0;
  },

  /** Answers what was there. */
  async remove(on: Transaction, keys: readonly string[]): Promise<CronTriggerRow[]> {
    const sql = `WITH gone AS (DELETE FROM cron_triggers WHERE key = ANY($1) RETURNING *) SELECT ${COLUMNS} FROM gone`;
    return on.query<CronTriggerRow[]>(sql, [keys]);
  },

  /** Takes at most `limit` triggers whose next slot is not after `until` for this transaction, the earliest first. */
  async take(on: Transaction, until: number, limit: number): Promise<DueTrigger[]> {
    const rows = await on.query<CronTriggerRow[]>(TAKE, [until, limit]);
    return rows.map(scheduledOf) as DueTrigger[];
  },

  async moveOn(on: Transaction, turns: readonly Turn[]): Promise<void> {
    await on.query(MOVE_ON, [turns.map(({ due }) => due.trigger.key), turns.map(({ nextSlot }) => nextSlot ?? null)]);
  },

  async nextSlot(on: Transaction): Promise<number | undefined> {
    const sql = 'SELECT next_slot AS at FROM cron_triggers WHERE next_slot IS NOT NULL ORDER BY next_slot LIMIT 1';
    const [row] = await on.query<{ at: string }[]>(sql);
    return row && Number(row.at);
  },
};

function valuesOf(rows: readonly FreshRow[]): unknown[] {
  const column = <T>(read: (trigger: CronTrigger) => T): T[] => rows.map(({ trigger }) => read(trigger));
  return [
    column(({ key }) => key),
    column(({ group }) => group),
    column(({ id }) => id),
    column(({ application }) => application),
    column(({ pipelineId }) => pipelineId),
    column(({ cronExpression }) => cronExpression),
    column(({ expression }) => expression),
    column(({ timeZone }) => timeZone),
    column(({ rebake }) => rebake),
    column(({ runAsUser }) => runAsUser ?? null),
    column(parametersOf),
    column(({ overlapPolicy }) => overlapPolicy ?? null),
    column(({ catchUpWindowMs }) => catchUpWindowMs ?? null),
    column(({ jitterMs }) => jitterMs ?? null),
    rows.map(({ fingerprint }) => fingerprint),
    rows.map(({ nextSlot }) => nextSlot ?? null),
  ];
}
