import { isObject, parsedOrText, type Json, type JsonObject } from './json.js';
import { readMail } from './mail.js';
import { isRandomId } from './pattern.js';
import type { SentRequest } from './recording.js';

/** The rules that make two requests comparable and are the same for a recorded one and for one of ours. */
export function normalised(request: SentRequest): SentRequest {
  return { ...request, headers: withoutContentType(request.headers), body: withoutNulls(readableBody(request)) };
}

/** The requests that count: polls, look-ups and second askings left out. */
export function countedRequests(requests: readonly SentRequest[]): SentRequest[] {
  return withRepeatedGetsOnce(requests.filter((request) => !isPoll(request) && !isStartLookup(request)));
}

/** A forward of an event to a configured REST endpoint. */
export function isForward({ peer, url }: SentRequest): boolean {
  return peer === 'any' && url.startsWith('/rest/');
}

/** The cache's poll for all pipelines comes when it comes. */
export function isPoll({ peer, method, url }: SentRequest): boolean {
  return peer === 'front50' && method === 'GET' && /^\/pipelines(\?|$)/.test(url);
}

/** Before a start is tried again orca is asked for the execution (decision 1); the original never asks. */
export function isStartLookup({ peer, method, url }: SentRequest): boolean {
  return peer === 'orca' && method === 'GET' && /^\/pipelines\/[^/?]+$/.test(url);
}

/** The original asks once per trigger and once per retry, we once per event (decision 30). */
export function withRepeatedGetsOnce(requests: readonly SentRequest[]): SentRequest[] {
  const seen = new Set<string>();
  return requests.filter((request) => {
    if (request.method !== 'GET') return true;
    const headers = Object.entries(request.headers).map(([name, value]) => [name, isRandomId(value) ? 'id' : value]);
    const key = JSON.stringify([request.peer, request.url, headers.sort()]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function withoutContentType(headers: SentRequest['headers']): SentRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type'));
}

/** A mail taken apart, a form decoded, JSON inside text parsed; anything else as it is. */
export function readableBody(request: SentRequest): Json {
  const { method, headers, body } = request;
  if (method === 'MAIL' && isObject(body)) return readableMail(body);
  if (isForward(request) && isObject(body)) return mapMembers(body, readableField);
  if (typeof body !== 'string') return body;
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? decodedForm(body) : marked(body);
}

function readableMail({ to, raw }: JsonObject): JsonObject {
  const envelope = Array.isArray(to) ? to.map(String).sort() : [];
  return { envelope, ...readMail(typeof raw === 'string' ? raw : '') };
}

/** The flattened forward holds details and content as JSON text. */
function readableField(field: Json): Json {
  if (!isObject(field)) return field;
  return mapMembers(field, (member, name) => (name === 'details' || name === 'content' ? marked(member) : member));
}

/** Slack's attachments are JSON in a field of a form. */
function decodedForm(body: string): JsonObject {
  const form = new URLSearchParams(body);
  const fields = [...new Set(form.keys())].map((name): [string, Json] => [name, oneOrAll(form.getAll(name))]);
  return mapMembers(Object.fromEntries(fields), (field, name) => (name === 'attachments' ? marked(field) : field));
}

function oneOrAll(values: string[]): Json {
  const [first = ''] = values;
  return values.length === 1 ? first : values;
}

/** JSON text is parsed, but keeps a mark: a value inside text never equals the same value outside. */
function marked(value: Json): Json {
  const parsed = typeof value === 'string' ? parsedOrText(value) : undefined;
  return typeof parsed === 'object' && parsed !== null ? { 'JSON text': parsed } : value;
}

/** A member without a value is as good as none, but not inside a payload: there the original keeps it. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const present = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
  return mapMembers(present, (member, name) => (name === 'payload' ? member : withoutNulls(member)));
}

/** The object with each member replaced. */
export function mapMembers<To>(object: JsonObject, map: (member: Json, name: string) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, map(member, name)]));
}
