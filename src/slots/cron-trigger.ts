import type { JsonObject } from '../platform/json/index.js';
import type { OverlapPolicy } from './policy/policy.config.js';

/** `pipeline`: of a stored pipeline, kept up to date by the sync. `user`: made by hand through `/scheduledActions`. */
export type TriggerGroup = 'pipeline' | 'user';

/** A cron trigger that can be scheduled: its expression is valid and its zone is known. Plain data. */
export interface CronTrigger {
  /** Unique over all cron triggers, the same on every instance: the id, told apart where others have it too. */
  readonly key: string;
  readonly group: TriggerGroup;
  /** What orca is told as the trigger's id. */
  readonly id: string;
  readonly application: string;
  readonly pipelineId: string;
  /** As its author wrote it; orca is told this. */
  readonly cronExpression: string;
  /** The same with `H` replaced. */
  readonly expression: string;
  /** A Java id, e.g. `America/Los_Angeles`. */
  readonly timeZone: string;
  readonly rebake: boolean;
  readonly runAsUser?: string;
  readonly parameters?: JsonObject;
  /** What the trigger wants besides its times, where it says so itself. Spans are milliseconds. */
  readonly overlapPolicy?: OverlapPolicy;
  readonly catchUpWindowMs?: number;
  readonly jitterMs?: number;
}

/** The key of the trigger with this id; `ordinal` tells apart those of one pipeline that differ only in their zone. */
export function triggerKey(group: TriggerGroup, id: string, ordinal = 0): string {
  if (group === 'user') return `user:${id}`;
  return ordinal === 0 ? id : `${id}~${ordinal}`;
}
