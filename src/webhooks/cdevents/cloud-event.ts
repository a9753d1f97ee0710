import { isUtf8 } from 'node:buffer';
import { InvalidRequestError } from '../../platform/errors/index.js';
import {
  type JsonObject,
  type JsonValue,
  isJsonList,
  isJsonObject,
  javaText,
  stringifyJson,
} from '../../platform/json/index.js';
import { objectIn } from '../body.js';

type Headers = Readonly<Record<string, readonly string[]>>;

/** What came in the format of CloudEvents. */
export interface CloudEvent {
  /** `id`, `source`, `type`, `specversion` and whatever else is said of the event. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The data as text; most often JSON. */
  readonly data: string;
}

const VERSIONS = ['1.0', '0.3'];
const REQUIRED = ['id', 'source', 'type'];
const PREFIX = 'ce-';

/**
 * Reads a request in the structured mode (the body is the event) or the binary one (the headers are, and the body is its
 * data). Gate puts the data into the header `Ce-Data`, which wins. Throws 400 where it is no CloudEvent.
 */
export function readCloudEvent(headers: Headers, body: string): CloudEvent {
  const type = headers['content-type']?.[0]?.toLowerCase() ?? '';
  const event = type.startsWith('application/cloudevents') ? readStructured(type, body) : readBinary(headers, body);
  const given = headers['ce-data']?.[0];
  return given === undefined ? event : { ...event, data: headerText(given) };
}

function readStructured(contentType: string, body: string): CloudEvent {
  if (!/^application\/cloudevents(-batch)?\+json\b/.test(contentType)) throw fault(`${contentType} is not supported`);
  const { data = null, data_base64: encoded, ...members } = objectIn(body);
  const known = Object.keys(members).filter((name) => isScalar(members[name]));
  const attributes = Object.fromEntries(known.map((name) => [name, javaText(members[name] ?? null)]));
  const text = typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString('utf8') : textOf(data);
  return { attributes: checked(attributes), data: text };
}

function readBinary(headers: Headers, data: string): CloudEvent {
  const names = Object.keys(headers).filter((name) => name.startsWith(PREFIX) && name !== 'ce-data');
  const attributes = Object.fromEntries(names.map((name) => [name.slice(PREFIX.length), headers[name]?.[0] ?? '']));
  return { attributes: checked(attributes), data };
}

function checked(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const version = attributes['specversion'];
  if (version === undefined)
    throw fault('it says no specversion, neither in its body nor in the header Ce-Specversion');
  if (!VERSIONS.includes(version)) throw fault(`specversion ${version} is none of ${VERSIONS.join(', ')}`);
  const missing = REQUIRED.filter((name) => !attributes[name]);
  if (missing.length > 0) throw fault(`it has no ${missing.join(', ')}`);
  return attributes;
}

const fault = (reason: string): InvalidRequestError =>
  new InvalidRequestError(`The request is no CloudEvent: ${reason}.`, 'invalid-cloud-event');

const isScalar = (value: JsonValue | undefined): boolean =>
  value !== undefined && value !== null && !isJsonObject(value) && !isJsonList(value);

/** JSON in a text is what it says: senders that encode twice are common. */
const textOf = (data: JsonValue | JsonObject): string => (typeof data === 'string' ? data : stringifyJson(data));

/** Node reads headers as Latin-1; senders put UTF-8 there. */
function headerText(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : header;
}
