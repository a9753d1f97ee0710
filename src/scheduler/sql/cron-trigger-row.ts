import { EntitySchema } from 'typeorm';
import { type JsonObject, parseJson, stringifyJson } from '../../platform/json/index.js';
import type { CronTrigger, TriggerGroup } from '../../slots/index.js';
import type { ScheduledTrigger } from '../trigger-store.js';

/** A row of `cron_triggers`; of bigints pg gives texts. */
export interface CronTriggerRow {
  readonly key: string;
  readonly group: TriggerGroup;
  readonly id: string;
  readonly application: string;
  readonly pipelineId: string;
  readonly cronExpression: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly rebake: boolean;
  readonly runAsUser: string | null;
  /** JSON. */
  readonly parameters: string | null;
  readonly overlapPolicy: Required<CronTrigger>['overlapPolicy'] | null;
  readonly catchUpWindowMs: string | null;
  readonly jitterMs: string | null;
  readonly fingerprint: string;
  readonly nextSlot: string | null;
}

/** The table as TypeORM knows it; the migrations make it. */
export const CronTriggers = new EntitySchema<CronTriggerRow>({
  name: 'CronTrigger',
  tableName: 'cron_triggers',
  columns: {
    key: { type: 'text', primary: true, collation: 'C' },
    group: { type: 'text', name: 'trigger_group' },
    id: { type: 'text' },
    application: { type: 'text' },
    pipelineId: { type: 'text', name: 'pipeline_id' },
    cronExpression: { type: 'text', name: 'cron_expression' },
    expression: { type: 'text' },
    timeZone: { type: 'text', name: 'time_zone' },
    rebake: { type: 'boolean' },
    runAsUser: { type: 'text', name: 'run_as_user', nullable: true },
    parameters: { type: 'text', nullable: true },
    overlapPolicy: { type: 'text', name: 'overlap_policy', nullable: true },
    catchUpWindowMs: { type: 'bigint', name: 'catch_up_window_ms', nullable: true },
    jitterMs: { type: 'bigint', name: 'jitter_ms', nullable: true },
    fingerprint: { type: 'text' },
    nextSlot: { type: 'bigint', name: 'next_slot', nullable: true },
  },
});

/** The columns for a statement of our own, under the names of the row. */
export const COLUMNS = `key, trigger_group AS "group", id, application, pipeline_id AS "pipelineId",
  cron_expression AS "cronExpression", expression, time_zone AS "timeZone", rebake, run_as_user AS "runAsUser",
  parameters, overlap_policy AS "overlapPolicy", catch_up_window_ms AS "catchUpWindowMs", jitter_ms AS "jitterMs",
  fingerprint, next_slot AS "nextSlot"`;

export function triggerOf(row: CronTriggerRow): CronTrigger {
  const { key, group, id, application, pipelineId, cronExpression, expression, timeZone, rebake } = row;
  return {
    ...{ key, group, id, application, pipelineId, cronExpression, expression, timeZone, rebake },
    ...(row.runAsUser !== null && { runAsUser: row.runAsUser }),
    ...(row.parameters !== null && { parameters: parseJson(row.parameters) as JsonObject }),
    ...(row.overlapPolicy !== null && { overlapPolicy: row.overlapPolicy }),
    ...(row.catchUpWindowMs !== null && { catchUpWindowMs: Number(row.catchUpWindowMs) }),
    ...(row.jitterMs !== null && { jitterMs: Number(row.jitterMs) }),
  };
}

export const scheduledOf = (row: CronTriggerRow): ScheduledTrigger => ({
  trigger: triggerOf(row),
  nextSlot: row.nextSlot === null ? undefined : Number(row.nextSlot),
});

export const parametersOf = ({ parameters }: CronTrigger): string | null =>
  parameters === undefined ? null : stringifyJson(parameters);
