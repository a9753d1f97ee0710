import type { Effect } from '../../outbox/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { type Pause, type SlotRecord, pauseText } from '../../slots/index.js';
import { shownTime } from '../rendering/times.js';
import type { KnownTrigger } from '../upcoming/upcoming.js';

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

/** @param next the next slot, milliseconds since the epoch */
export const triggerView = (
  { trigger, pipeline }: KnownTrigger,
  pause: Pause | undefined,
  next: number | undefined,
): JsonObject => ({
  key: encodeURIComponent(trigger.key),
  application: pipeline.application,
  pipeline: pipeline.name,
  expression: trigger.cronExpression,
  zone: trigger.timeZone,
  next: next === undefined ? 'never' : shownTime(next),
  state: pause ? pauseText(pause) : 'active',
  tone: pause ? 'held' : '',
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
