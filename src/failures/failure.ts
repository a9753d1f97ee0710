import { randomUUID } from 'node:crypto';
import type { EchoEvent } from '../events/index.js';
import type { Effect } from '../outbox/index.js';
import type { JsonObject } from '../platform/json/index.js';

/** What Echo failed to do, as the type of an event. */
export type FailureType = 'echo:start:dead' | 'echo:trigger:invalid' | 'echo:slot:missed' | 'echo:effect:dead';

/** A failure of Echo's own, in words for people and for machines. */
export interface RouterFailure {
  readonly type: FailureType;
  /** The same for the same failure, whoever sees it. */
  readonly key: string;
  readonly application?: string | undefined;
  /** The name of the pipeline. */
  readonly pipeline?: string | undefined;
  readonly pipelineId?: string | undefined;
  /** One sentence, without a full stop: `shop's deploy pipeline could not be started`. */
  readonly subject: string;
  readonly reason: string;
  /** What else there is to know: `triggerId`, `slot` (ISO 8601), `effectId` and its `kind`. */
  readonly facts: JsonObject;
  /** The entries of `notifications` of the pipeline. */
  readonly notifications: readonly JsonObject[];
  /** The effect that died. */
  readonly effect?: Effect;
}

/** The failure as an event of source `echo`. @param now milliseconds since the epoch */
export function failureEvent(failure: RouterFailure, now: number): EchoEvent {
  const { type, application, pipeline = null, pipelineId = null, subject, reason, facts } = failure;
  const details = { source: 'echo', type, created: String(now), requestHeaders: {} };
  return {
    details: application === undefined ? details : { ...details, application },
    content: { application: application ?? null, pipeline, pipelineId, subject, reason, ...facts },
    eventId: randomUUID(),
  };
}
