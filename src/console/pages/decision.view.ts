import type { PipelineDecision } from '../../decisions/index.js';
import type { Decision, EventDecided } from '../../pipelines/index.js';
import { ulidTime } from '../../platform/ids/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { shownTime } from '../rendering/times.js';

type AboutEvent = Pick<EventDecided, 'inboxId' | 'eventId' | 'eventType'>;

const eventView = ({ inboxId, eventId, eventType }: AboutEvent): JsonObject => ({
  at: shownTime(ulidTime(inboxId) ?? 0),
  inboxId: encodeURIComponent(inboxId),
  eventId: eventId ?? inboxId,
  eventType,
});

function whyOf(decision: Decision): { readonly decision: string; readonly tone: string; readonly why: string } {
  if (decision.kind === 'rejected') {
    const { rule, expected, got } = decision;
    return { decision: 'not started', tone: '', why: `${rule}: expected ${expected}, got ${got}` };
  }
  const { start } = decision;
  if (start.kind === 'suppressed') return { decision: 'held back', tone: 'held', why: start.by };
  if (start.kind === 'reported-as-failed') return { decision: 'failed', tone: 'bad', why: start.error };
  return { decision: start.kind === 'duplicate' ? 'started before' : 'started', tone: 'good', why: '' };
}

const rowOf = (event: AboutEvent, decision: Decision): JsonObject => ({
  ...eventView(event),
  pipeline: `${decision.application}: ${decision.pipelineName}`,
  trigger: decision.triggerType ?? '',
  ...whyOf(decision),
});

/** One row for each decision, and one for each handler that could not use an event. */
export const decisionsView = (decided: readonly EventDecided[]): JsonObject[] =>
  decided.flatMap((event) => [
    ...event.decisions.map((decision) => rowOf(event, decision)),
    ...event.unusable.map(({ handler, reason }) => ({
      ...eventView(event),
      pipeline: '',
      trigger: handler,
      decision: 'not usable',
      tone: 'bad',
      why: reason,
    })),
  ]);

export const pipelineDecisionsView = (decisions: readonly PipelineDecision[]): JsonObject[] =>
  decisions.map((decision) => rowOf(decision, decision));
