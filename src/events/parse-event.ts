import { randomUUID } from 'node:crypto';
import {
  CoercionError,
  type JsonObject,
  type JsonValue,
  type Reader,
  describeValue,
  read,
} from '../platform/json/index.js';
import type { EchoEvent, EventDetails } from './event.js';

/** The members that were sent, with those that are absent or null left out. */
function members<T extends object>(source: JsonObject, readers: { readonly [K in keyof T]: Reader<unknown> }): T {
  const found: Record<string, unknown> = {};
  for (const [name, reader] of Object.entries<Reader<unknown>>(readers)) {
    const value = read.member(source, name, reader);
    if (value !== undefined) found[name] = value;
  }
  return found as T;
}

/** Header lists by name; a null list counts as empty. */
const headerLists: Reader<Readonly<Record<string, readonly string[]>> | undefined> = (value) => {
  const source = read.object(value);
  const texts = read.listOf((item) => read.text(item) ?? '');
  return (
    source && Object.fromEntries(Object.keys(source).map((name) => [name, read.member(source, name, texts) ?? []]))
  );
};

const DETAILS = {
  source: read.text,
  type: read.text,
  created: read.text,
  organization: read.text,
  project: read.text,
  application: read.text,
  _content_id: read.text,
  attributes: read.texts,
  requestHeaders: headerLists,
} satisfies Record<keyof EventDetails, Reader<unknown>>;

const EVENT = {
  content: read.object,
  rawContent: read.text,
  payload: read.object,
};

const detailsAt =
  (now: number): Reader<EventDetails | undefined> =>
  (value) => {
    const details = read.object(value);
    return details && { created: String(now), requestHeaders: {}, ...members<EventDetails>(details, DETAILS) };
  };

/**
 * Reads an event as callers post it (edges.md §2.4, §8.1). Unknown members are dropped; `created` becomes now and
 * `eventId` a new UUID where absent, while an explicit null stays. Throws `CoercionError` (400) naming the member that
 * has the wrong type.
 *
 * @param now milliseconds since the epoch
 */
export function parseEvent(body: JsonValue, now: number): EchoEvent {
  const source = read.object(body);
  if (!source) throw new CoercionError('', 'an event, a JSON object', describeValue(body));
  const details = read.member(source, 'details', detailsAt(now));
  return {
    ...(details && { details }),
    ...members<Omit<EchoEvent, 'details' | 'eventId'>>(source, EVENT),
    eventId: 'eventId' in source ? (read.member(source, 'eventId', read.text) ?? null) : randomUUID(),
  };
}
