import type { Effect } from '../outbox/index.js';
import type { Decision } from '../pipelines/index.js';
import type { HealthPart } from '../platform/health/index.js';
import type { JsonObject } from '../platform/json/index.js';
import type { RecentDecision } from './recent-decisions.js';
import type { Upcoming } from './upcoming.js';
import { wallTime } from './wall-time.js';

const iso = (time: number): string => new Date(time).toISOString();

export const partView = (name: string, { status, details }: HealthPart): JsonObject => ({
  name,
  status,
  tone: status === 'UP' ? 'good' : 'bad',
  details: Object.entries(details)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', '),
});

export const upcomingView = ({ at, trigger, pipeline }: Upcoming): JsonObject => ({
  at: iso(at),
  local: `${wallTime(at, trigger.timeZone)} ${trigger.timeZone}`,
  pipeline: `${pipeline.application}: ${pipeline.name}`,
  expression: trigger.expression,
  query: encodeURIComponent(trigger.expression),
  zone: encodeURIComponent(trigger.timeZone),
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

export const decisionView = ({ at, event, decision }: RecentDecision): JsonObject => ({
  at: iso(at),
  eventId: event.eventId ?? event.inboxId,
  query: encodeURIComponent(event.eventId ?? event.inboxId),
  eventType: event.eventType,
  pipeline: `${decision.application}: ${decision.pipelineName}`,
  trigger: decision.triggerType ?? '',
  ...whyOf(decision),
});

const TONES: Readonly<Record<Effect['state'], string>> = { pending: '', done: 'good', suppressed: 'held', dead: 'bad' };

export const effectView = ({ createdAt, kind, key, state, attempts, lastError, suppressedBy }: Effect): JsonObject => ({
  at: iso(createdAt),
  kind,
  what: key.replaceAll('\n', ' '),
  state,
  tone: TONES[state],
  attempts,
  why: lastError ?? suppressedBy ?? '',
});
