import { InvalidRequestError } from '../../../platform/errors/index.js';
import type { JsonObject, JsonValue } from '../../../platform/json/index.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import { executionLink } from '../../events/links.js';
import { type Occasion, objectOf } from '../../events/occasion.js';
import { executionLabel, verbPhrase, word } from '../../events/phrases.js';

/** Events for one or several services, each with a key of its own. */
export type PagerDutyMessage =
  | { readonly api: 'v1'; readonly keys: readonly string[]; readonly event: JsonObject }
  | { readonly api: 'v2'; readonly keys: readonly string[]; readonly event: V2Event };

export type V2Event = {
  readonly event_action: 'trigger' | 'resolve';
  /** Events with the same one are about the same incident; unique together with the key of the service. */
  readonly dedup_key: string;
  readonly client: string;
  readonly payload: {
    readonly summary: string;
    readonly source: string;
    readonly severity: 'critical' | 'error';
    readonly custom_details?: JsonObject;
  };
  readonly links: readonly { readonly href: string; readonly text: string }[];
};

/** PagerDuty takes no more characters. */
const SUMMARY = 1024;

function senderOf({ source }: DirectNotification): NonNullable<DirectNotification['source']> {
  if (source) return source;
  throw new InvalidRequestError('source is missing: say who pages.');
}

/** The event of the original (notifications.md §5.7). */
export function v1Message(request: DirectNotification): PagerDutyMessage {
  const { message = null, details = null } = request.additionalContext;
  const client = `Spinnaker (${senderOf(request).user ?? 'null'})`;
  return { api: 'v1', keys: request.to ?? [], event: { event_type: 'trigger', client, description: message, details } };
}

/** One incident per execution and service. */
export function v2Message(request: DirectNotification, baseUrl: string, id: string): PagerDutyMessage {
  const { user, application, executionId } = senderOf(request);
  const { message = null, details } = request.additionalContext;
  const page = executionId && `${baseUrl}/#/applications/${application ?? 'null'}/executions/details/${executionId}`;
  const event: V2Event = {
    event_action: 'trigger',
    dedup_key: executionId ?? id,
    client: `Spinnaker (${user ?? 'nobody'})`,
    payload: {
      summary: word(message ?? 'Somebody is paged by Spinnaker').slice(0, SUMMARY),
      source: application ?? 'Spinnaker',
      severity: 'critical',
      custom_details: objectOf(details as JsonValue),
    },
    links: page ? [{ href: page, text: 'View in Spinnaker' }] : [],
  };
  return { api: 'v2', keys: request.to ?? [], event };
}

/** A failed pipeline makes an incident, and its next success ends it. */
export function eventMessage(key: string, occasion: Occasion, baseUrl: string): PagerDutyMessage {
  const { application, execution, status } = occasion;
  const whose = `${word(application)}'s ${executionLabel(occasion)} pipeline`;
  const event: V2Event = {
    event_action: status === 'complete' ? 'resolve' : 'trigger',
    dedup_key: word(execution['pipelineConfigId'] ?? `${word(application)}:${executionLabel(occasion)}`),
    client: 'Spinnaker',
    payload: {
      summary: `${whose} ${verbPhrase(status)}`.slice(0, SUMMARY),
      source: word(application),
      severity: 'error',
    },
    links: [{ href: executionLink(baseUrl, occasion), text: 'View in Spinnaker' }],
  };
  return { api: 'v2', keys: [key], event };
}
