import { InvalidRequestError } from '../platform/errors/index.js';
import { type JsonObject, type JsonValue, isJsonObject, parseJson } from '../platform/json/index.js';

export function requireBody(body: string): void {
  if (body === '') throw new InvalidRequestError('The request has no body: send JSON.', 'empty-body');
}

/** A webhook's body is an object; `null` counts as an empty one. Throws 400 otherwise. */
export function objectIn(body: string): JsonObject {
  requireBody(body);
  const value = parseJson(body);
  if (value === null) return {};
  if (isJsonObject(value)) return value;
  throw new InvalidRequestError('A webhook needs a JSON object as its body.', 'invalid-webhook');
}

/** Whether a member counts as absent. */
export const isBlank = (value: JsonValue | undefined): boolean =>
  !value || (typeof value === 'object' && Object.keys(value).length === 0);

const FORM = 'application/x-www-form-urlencoded';
const FIELD = 'payload=';

/** The JSON of a body; GitHub's default is to send it as a field of a form. */
export function jsonIn(body: string, headers: Readonly<Record<string, readonly string[]>>): string {
  const isForm = headers['content-type']?.[0]?.toLowerCase().startsWith(FORM) ?? false;
  return isForm && body.startsWith(FIELD) ? (new URLSearchParams(body).get('payload') ?? body) : body;
}
