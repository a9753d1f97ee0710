import type { Effect } from '../../outbox/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { type KnownTrigger, type Pause, type SlotRecord, type UpcomingSlot, pauseText } from '../../slots/index.js';
import { shownTime } from '../rendering/times.js';

/** Where a pause is written and taken away. */
export const pausePath = (scope: Pause['scope'], name: string): string =>
  scope === 'trigger'
    ? `/triggers/cron/${encodeURIComponent(name)}/pause`
    : `/applications/${encodeURIComponent(name)}/cron/pause`;

export const pauseView = (pause: Pause): JsonObject => ({
  what: `${pause.scope} ${pause.name}`,
  note: pause.note,
  by: pause.by,
  since: shownTime(pause.since),
  path: pausePath(pause.scope, pause.name),
});

const nameOf = ({ trigger, pipeline }: KnownTrigger): string => pipeline?.name ?? trigger.pipelineId;

/** @param next the next slot, milliseconds since the epoch */
export const triggerView = (known: KnownTrigger, pause: Pause | undefined, next: number | undefined): JsonObject => ({
  key: encodeURIComponent(known.trigger.key),
  application: known.trigger.application,
  pipeline: nameOf(known),
  expression: known.trigger.cronExpression,
  zone: known.trigger.timeZone,
  next: next === undefined ? 'never' : shownTime(next),
  state: pause ? pauseText(pause) : 'active',
  tone: pause ? 'held' : '',
});

/** A slot to come. */
export const upcomingView = (slot: UpcomingSlot): JsonObject => ({
  at: shownTime(slot.at),
  local: `${slot.wallTime} ${slot.trigger.timeZone}`,
  pipeline: `${slot.trigger.application}: ${nameOf(slot)}`,
  key: encodeURIComponent(slot.trigger.key),
  expression: slot.trigger.expression,
  delayedTo: slot.startsAt > slot.at ? shownTime(slot.startsAt) : '',
  heldBy: slot.heldBy ?? '',
});

const toneOf = (outcome: SlotRecord['outcome'], state: Effect['state'] | undefined): string => {
  if (outcome !== 'fired' || state === 'dead') return 'bad';
  return state === 'done' ? 'good' : state === 'suppressed' ? 'held' : '';
};

/** @param start the effect that starts the slot, where it is still known */
export const slotView = ({ slot, outcome }: SlotRecord, start: Effect | undefined): JsonObject => ({
  at: shownTime(slot),
  outcome: start ? `${outcome}, its start is ${start.state}` : outcome,
  tone: toneOf(outcome, start?.state),
  why: start?.lastError ?? start?.suppressedBy ?? '',
});
