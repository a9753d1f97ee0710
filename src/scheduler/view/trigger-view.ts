import type { Effect } from '../../outbox/index.js';
import { isoOf } from '../../platform/query/index.js';
import type { Pause, SlotRecord, UpcomingSlot } from '../../slots/index.js';
import type { ScheduledTrigger } from '../trigger-store.js';

export const TRIGGER_STATES = ['active', 'paused', 'never-due'] as const;
export type TriggerState = (typeof TRIGGER_STATES)[number];

/** A cron trigger as `GET /triggers/cron` shows it. Times are ISO 8601. */
export interface TriggerView {
  /** As `/triggers/cron/{id}` takes it. */
  readonly id: string;
  readonly group: 'pipeline' | 'user';
  readonly triggerId: string;
  readonly application: string;
  readonly pipelineId: string;
  readonly cronExpression: string;
  /** With `H` replaced. */
  readonly expression: string;
  readonly timezone: string;
  readonly state: TriggerState;
  readonly pause: { readonly scope: string; readonly note: string; readonly by: string; readonly since: string } | null;
  readonly nextSlot: string | null;
}

/** A slot to come, as things stand now. */
export interface UpcomingView {
  readonly slot: string;
  /** When its start goes out: later than the slot where the trigger has a jitter. */
  readonly startsAt: string;
  /** The pause or freeze that holds its start back. */
  readonly heldBy: string | null;
  readonly id: string;
  readonly application: string;
  readonly pipelineId: string;
  /** The pipeline's name, where it is loaded. */
  readonly pipeline: string | null;
  /** With `H` replaced. */
  readonly expression: string;
  readonly timezone: string;
}

/** What became of a slot. */
export interface SlotView {
  readonly slot: string;
  /** `fired` while its start is under way; then how that ended. */
  readonly outcome: SlotRecord['outcome'] | 'started' | 'failed' | 'suppressed';
  readonly reason: string | null;
  /** From the instant of the slot until orca had taken the start, or until it was known that it would not. */
  readonly skewMs: number | null;
}

function stateOf({ nextSlot }: ScheduledTrigger, pause: Pause | undefined): TriggerState {
  if (pause) return 'paused';
  return nextSlot === undefined ? 'never-due' : 'active';
}

export function triggerView(scheduled: ScheduledTrigger, pause: Pause | undefined): TriggerView {
  const { trigger, nextSlot } = scheduled;
  return {
    id: trigger.key,
    group: trigger.group,
    triggerId: trigger.id,
    application: trigger.application,
    pipelineId: trigger.pipelineId,
    cronExpression: trigger.cronExpression,
    expression: trigger.expression,
    timezone: trigger.timeZone,
    state: stateOf(scheduled, pause),
    pause: pause ? { scope: pause.scope, note: pause.note, by: pause.by, since: isoOf(pause.since) } : null,
    nextSlot: isoOf(nextSlot),
  };
}

export const upcomingView = ({ at, startsAt, heldBy, trigger, pipeline }: UpcomingSlot): UpcomingView => ({
  slot: isoOf(at),
  startsAt: isoOf(startsAt),
  heldBy: heldBy ?? null,
  id: trigger.key,
  application: trigger.application,
  pipelineId: trigger.pipelineId,
  pipeline: pipeline?.name ?? null,
  expression: trigger.expression,
  timezone: trigger.timeZone,
});

const OUTCOME = { done: 'started', dead: 'failed', suppressed: 'suppressed', pending: 'fired' } as const;

/** @param start the effect that starts it, where it is still known */
export function slotView(record: SlotRecord, start: Effect | undefined): SlotView {
  const ended = start?.finishedAt;
  return {
    slot: isoOf(record.slot),
    outcome: start ? OUTCOME[start.state] : record.outcome,
    reason: start?.suppressedBy ?? start?.lastError ?? null,
    skewMs: ended === undefined ? null : ended - record.slot,
  };
}
