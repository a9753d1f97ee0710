import type { ReceivedEvent } from '../../events/index.js';
import type { Pipeline, StartRequest } from '../../pipelines/index.js';
import type { Match } from './match.js';

/** The start of a matched pipeline, for this event. */
export function requestOf(match: Match, pipeline: Pipeline, received: ReceivedEvent): Omit<StartRequest, 'source'> {
  const { inboxId, receivedAt, identity, event } = received;
  return {
    pipeline,
    reason: inboxId,
    at: receivedAt,
    identity,
    actAsCaller: match.actAsCaller,
    cause: { inboxId, ...(event.eventId !== null && { eventId: event.eventId }) },
  };
}

/** What orca is told of a start that cannot be made: under the execution id that the caller was promised. */
export function failureOf(pipeline: Pipeline, error: string): Pipeline {
  const executionId = pipeline.trigger?.executionId;
  return { ...pipeline, ...(executionId && { executionId }), errorMessage: error };
}
