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

/** Members by name with their readers, as a list: it is walked for every event. */
type Members = readonly (readonly [name: string, reader: Reader<unknown>])[];

/** The members that were sent, with those that are absent or null left out. */
function present<T extends object>(source: JsonObject, members: Members): T {
  const found: Record<string, unknown> = {};
  for (const [name, reader] of members) {
    const value = source[name];
    if (value === undefined || value === null) continue;
    // Most members are texts: those need no reader, and an event is read in half the time.
    found[name] = reader === read.text && typeof value === 'string' ? value : read.member(source, name, reader);
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

const DETAILS: Members = Object.entries({
  source: read.text,
  type: read.text,
  created: read.text,
  organization: read.text,
  project: read.text,
  application: read.text,
  _content_id: read.text,
  attributes: read.texts,
  requestHeaders: headerLists,
} satisfies Record<keyof EventDetails, Reader<unknown>>);

const EVENT: Members = Object.entries({
  content: read.object,
  rawContent: read.text,
  payload: read.object,
} satisfies Record<keyof Omit<EchoEvent, 'details' | 'eventId'>, Reader<unknown>>);

const detailsAt =
  (now: number): Reader<EventDetails | undefined> =>
  (value) => {
    const details = read.object(value);
    if (!details) return undefined;
    const requestHeaders = details['requestHeaders'] === null ? null : {};
    return { created: String(now), requestHeaders, ...present<EventDetails>(details, DETAILS) };
  };

/**
 * Reads an event as callers post it (edges.md §2.4, §8.1). Unknown members are dropped; `created` becomes now,
 * `eventId` a new UUID and `requestHeaders` empty where absent, while an explicit null of the last two stays. Throws `CoercionError` (400) naming the member that
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
    ...present<EchoEvent>(source, EVENT),
    eventId: 'eventId' in source ? (read.member(source, 'eventId', read.text) ?? null) : randomUUID(),
  };
}
