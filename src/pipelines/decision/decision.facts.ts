import { fact } from '../../events/index.js';
import type { Decision } from './decision.js';

/** What Echo decided about one event. */
export interface EventDecided {
  readonly inboxId: string;
  readonly eventId: string | null;
  readonly eventType: string;
  /** At most a few hundred; `omitted` counts the rejections beyond. */
  readonly decisions: readonly Decision[];
  readonly omitted: number;
  /** Why a handler could not use the event at all. */
  readonly unusable: readonly { readonly handler: string; readonly reason: string }[];
}

/** A trigger that can never match, or failed by its own fault. */
export interface TriggerInvalid {
  readonly application: string;
  readonly pipelineName: string;
  readonly pipelineId: string | null;
  readonly triggerId: string | null;
  readonly triggerType: string | null;
  readonly reason: string;
}

export const eventDecided = fact<EventDecided>('event.decided', {
  description: 'An event was held against the triggers; without decisions when no trigger waited for what it brought.',
  publisher: 'pipeline-triggers',
  subscribers: ['decisions', 'webhooks (explanations)'],
});

export const triggerInvalid = fact<TriggerInvalid>('trigger.invalid', {
  description: 'A trigger lacks a required member, or its pattern or cron expression is invalid, or it is too slow.',
  publisher: 'pipeline-triggers, scheduler',
  subscribers: ['failures'],
});
