import { EchoError } from '../errors/index.js';

const STILL_BARE = /[!'()~]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const ESCAPES = /(?:%[0-9a-f]{2})+/gi;
const DOT_SEGMENT = /(?:^|\/)\.{1,2}(?:\/|$)/;

/** Percent-encodes UTF-8 as the original does: only letters, digits and `. - * _` stay (core.md, appendix B). */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATE, '?')).replace(
    STILL_BARE,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Decodes percent-encoded UTF-8; what cannot be decoded stays as it is. */
export const percentDecode = (text: string): string =>
  text.replace(ESCAPES, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));

/** A part of a path that may be encoded already and whose slashes separate segments: it is put into one form. */
export class EncodedPath {
  readonly text: string;

  constructor(path: string) {
    this.text = path
      .split('/')
      .map((segment) => percentEncode(percentDecode(segment)))
      .join('/');
  }
}

type Part = string | number | boolean | EncodedPath;

const encoded = (part: Part): string => (part instanceof EncodedPath ? part.text : percentEncode(String(part)));

/**
 * Makes URLs below a base, whether that ends in a slash or not: the text of the template stays, its values are
 * percent-encoded. A value that would climb out of its place (`.` or `..` as a segment) is refused with an `EchoError`.
 *
 * @example
 * const front50 = urlsUnder('http://localhost:8080');
 * front50`pipelines/${application}/name/${name}?refresh=true`;
 */
export function urlsUnder(base: string): (texts: TemplateStringsArray, ...parts: Part[]) => string {
  const root = base.endsWith('/') ? base : `${base}/`;
  return (texts, ...parts) => {
    const path = String.raw({ raw: texts }, ...parts.map(encoded));
    if (DOT_SEGMENT.test(path.split('?', 1).join())) {
      throw new EchoError(`${root}${path} would leave its place`, { code: 'unsendable-call', status: 400 });
    }
    return root + path;
  };
}

/** A query parameter repeated for each value: `name=a&name=b`. */
export const repeatedQuery = (name: string, values: readonly string[]): string =>
  values.map((value) => `${name}=${percentEncode(value)}`).join('&');
