import { randomUUID } from 'node:crypto';
import type { EchoEvent } from '../events/index.js';
import { InvalidRequestError } from '../platform/errors/index.js';
import { type JsonObject, type JsonValue, isJsonObject, javaText, parseJson } from '../platform/json/index.js';

/** What a webhook brought, before it is an event. */
export interface WebhookRequest {
  readonly type: string;
  readonly source?: string;
  readonly body: string;
  readonly requestHeaders: Readonly<Record<string, readonly string[]>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A webhook's body is an object; `null` counts as an empty one. */
function objectOf(body: string): JsonObject {
  const value = parseJson(body);
  if (value === null) return {};
  if (isJsonObject(value)) return value;
  throw new InvalidRequestError('A webhook needs a JSON object as its body.', 'invalid-webhook');
}

const isBlank = (value: JsonValue | undefined): boolean =>
  !value || (typeof value === 'object' && Object.keys(value).length === 0);

/**
 * The event of `POST /webhooks/{type}/{source}` (edges.md §2.5): `payload` is the body as it came, `content` the body
 * and what is derived from it.
 */
export function eventWithPayload({ type, source, body, requestHeaders, at }: WebhookRequest): EchoEvent {
  const payload = objectOf(body);
  const eventKey = requestHeaders['x-event-key']?.[0];
  const content: JsonObject = eventKey === undefined ? payload : { ...payload, event_type: eventKey };
  return {
    details: { ...(source !== undefined && { source }), type, created: String(at), requestHeaders },
    content: isBlank(content['artifacts']) ? { ...content, artifacts: [] } : content,
    rawContent: body,
    payload,
    eventId: randomUUID(),
  };
}

/** The event of `POST /webhooks/{type}` (edges.md §2.6): the source is a member of the body, and there is no payload. */
export function eventWithoutPayload({ type, body, requestHeaders, at }: WebhookRequest): EchoEvent {
  const content = objectOf(body);
  const source = content['source'];
  const named = source === undefined || source === null ? {} : { source: javaText(source) };
  return {
    details: { ...named, type, created: String(at), requestHeaders },
    content,
    eventId: randomUUID(),
  };
}
