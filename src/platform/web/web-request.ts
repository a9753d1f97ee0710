import { isUtf8 } from 'node:buffer';
import { parse } from 'node:querystring';
import { EchoError, InvalidRequestError } from '../errors/index.js';

/** What handlers read of a request. Header names are lower case. */
export interface WebRequest {
  readonly method: string;
  readonly url: string;
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The connection that it came by. */
  readonly socket: unknown;
}

/**
 * The text of a body; `''` when there is none. Throws 400 when it is not UTF-8: decoding would put other characters in
 * place of the broken ones without a word.
 */
export function utf8Text(body: Buffer | undefined): string {
  if (!body || isUtf8(body)) return body?.toString('utf8') ?? '';
  throw new InvalidRequestError('The body is not valid UTF-8.', 'invalid-encoding');
}

/** The text of a body. Throws 400 when there is none, or it is not UTF-8. */
export function bodyText(body: Buffer | undefined): string {
  if (!body || body.length === 0) throw new InvalidRequestError('The request has no body: send JSON.', 'empty-body');
  return utf8Text(body);
}

/** The text of a body that was sent as JSON. Throws 415 for another content type, and what `bodyText` throws. */
export function jsonText(body: Buffer | undefined, request: WebRequest): string {
  const type = String(request.headers['content-type'] ?? '').toLowerCase();
  if (!body || body.length === 0 || /^application\/([\w.-]+\+)?json\b/.test(type)) return bodyText(body);
  throw new EchoError(`Content type '${type}' is not supported: send 'Content-Type: application/json'.`, {
    code: 'unsupported-media-type',
    status: 415,
  });
}

/** The parameters of a query; one that comes more than once is a list of its values, with commas, as ever. */
export const queryOf = (text: string): Record<string, string> =>
  Object.fromEntries(Object.entries(parse(text)).map(([name, value]) => [name, [value ?? ''].flat().join(',')]));
