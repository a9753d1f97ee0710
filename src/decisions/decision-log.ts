import type { Decision, EventDecided } from '../pipelines/index.js';

/** A decision about a pipeline, with the event that it was made for. */
export type PipelineDecision = Decision &
  Pick<EventDecided, 'inboxId' | 'eventId' | 'eventType'> & { readonly at: string };

/** As many events are looked at under one id. */
export const MOST_EVENTS = 1000;

/**
 * Keeps what was decided about events, so that people can ask why nothing happened. Events that nothing waited for
 * leave no trace.
 *
 * What must hold with several instances: over a database every instance knows what any of them decided; a decision is
 * kept before its event counts as done.
 */
export abstract class DecisionLog {
  /** Of all events with this id, the sender's or Echo's own, newest first. */
  abstract ofEvent(eventId: string): Promise<EventDecided[]>;

  /** Of some pipelines since an instant (milliseconds since the epoch), newest first, of the latest `limit` events. */
  abstract ofPipelines(pipelineIds: readonly string[], since: number, limit: number): Promise<PipelineDecision[]>;

  /** Of the latest events, newest first. */
  abstract latest(limit: number): Promise<EventDecided[]>;
}

/** Whether there is anything to keep. */
export const isWorthKeeping = ({ decisions, unusable }: EventDecided): boolean =>
  decisions.length + unusable.length > 0;

/** What of all decisions about an event is about these pipelines. */
export const decisionsOn = (pipelineIds: ReadonlySet<string>, decided: EventDecided, at: number): PipelineDecision[] =>
  decided.decisions
    .filter(({ pipelineId }) => pipelineId !== null && pipelineIds.has(pipelineId))
    .map((decision) => ({
      at: new Date(at).toISOString(),
      inboxId: decided.inboxId,
      eventId: decided.eventId,
      eventType: decided.eventType,
      ...decision,
    }));
