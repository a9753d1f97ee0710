import { randomUUID } from 'node:crypto';
import type { EchoEvent } from '../../events/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { type JsonObject, isJsonObject } from '../../platform/json/index.js';
import { isBlank, objectIn, requireBody } from '../body.js';
import type { WebhookRequestToSource } from '../webhook-reader.js';
import { type CloudEvent, readCloudEvent } from './cloud-event.js';
import { groovyText } from './groovy-text.js';

const INVALID = 'Invalid CDEvent data posted with the CloudEvent RequestBody - ';
/** Characters of the data that a message repeats. */
const SHOWN = 2000;
/** What an event takes over from the members that a sender may fill freely. */
const TAKEN_OVER = ['artifacts', 'parameters'];

/**
 * The event of `POST /webhooks/cdevents/{source}` (edges.md §2.7): `payload` is the CDEvent, `content` what a pipeline
 * can use of its `customData`. Throws 400 where it is no CDEvent.
 */
export function readCdEvent({ source, body, requestHeaders, at }: WebhookRequestToSource): EchoEvent {
  requireBody(body);
  const cloudEvent = readCloudEvent(requestHeaders, body);
  const payload = objectIn(cloudEvent.data);
  return {
    details: {
      source,
      type: 'cdevents',
      created: String(at),
      requestHeaders: withAttributes(requestHeaders, cloudEvent),
    },
    content: takenOver(checked(payload)),
    rawContent: cloudEvent.data,
    payload,
    eventId: randomUUID(),
  };
}

/** Null and absent are the same for `customData`; the others must not be empty either. Gives `customData`. */
function checked(payload: JsonObject): JsonObject {
  const { context, subject, customData = null } = payload;
  if (customData !== null && !isBlank(context) && !isBlank(subject)) return isJsonObject(customData) ? customData : {};
  throw new InvalidRequestError(`${INVALID}${groovyText(payload).slice(0, SHOWN)}`, 'invalid-cdevent');
}

function takenOver(customData: JsonObject): JsonObject {
  const given = TAKEN_OVER.filter((name) => !isBlank(customData[name]));
  return Object.fromEntries(given.map((name) => [name, customData[name] ?? null]));
}

/** Triggers compare attributes as headers (`ce-type`), so those of a structured event become headers too. */
function withAttributes(
  headers: WebhookRequestToSource['requestHeaders'],
  { attributes }: CloudEvent,
): WebhookRequestToSource['requestHeaders'] {
  const named = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, [value]] as const);
  const all = { ...Object.fromEntries(named), ...headers };
  return Object.fromEntries(
    Object.keys(all)
      .sort()
      .map((name) => [name, all[name] ?? []]),
  );
}
