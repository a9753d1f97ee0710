import { type JsonObject, javaText, memberOf, stringifyJson } from '../platform/json/index.js';
import { type EchoEvent, typeOf } from './event.js';

/** What message brokers are sent. */
export interface Publication {
  readonly data: string;
  /** What subscribers filter by. */
  readonly attributes: Readonly<Record<string, string>>;
}

const DETAILS = ['source', 'type', 'created', 'organization', 'project', 'application', '_content_id'] as const;

/** The whole event with its nulls, as the original's publishers write it (edges.md §5.5). */
function dataOf({ details, content, rawContent, payload, eventId }: EchoEvent): string {
  const written = details && {
    ...Object.fromEntries(DETAILS.map((name) => [name, details[name] ?? null])),
    attributes: details.attributes ?? null,
    requestHeaders: details.requestHeaders ?? null,
  };
  const event = {
    details: written ?? null,
    content: content ?? null,
    rawContent: rawContent ?? null,
    payload: payload ?? null,
    eventId,
  };
  return stringifyJson(event as unknown as JsonObject);
}

/** What `orca:pipeline:complete` says of itself. */
function typeParts(type: string): Record<string, string> {
  const [source = '', kind = '', status = '', ...more] = type.split(':');
  return status === '' || more.length > 0 ? {} : { source, type: kind, status };
}

/** Attributes by which subscribers filter; empty ones are left out. */
function attributesOf(event: EchoEvent): Record<string, string> {
  const all = {
    rawType: typeOf(event),
    ...typeParts(typeOf(event)),
    application: event.details?.application,
    ...event.details?.attributes,
    ...textsOf(event.content, ['name', 'taskName']),
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

function textsOf(content: JsonObject | null | undefined, names: readonly string[]): Record<string, string> {
  const found = names.flatMap((name) => {
    const value = content ? (memberOf(content, name) ?? '') : '';
    return value === '' ? [] : [[name, javaText(value)]];
  });
  return Object.fromEntries(found) as Record<string, string>;
}

/** An event as publishers send it. */
export const publicationOf = (event: EchoEvent): Publication => ({
  data: dataOf(event),
  attributes: attributesOf(event),
});
