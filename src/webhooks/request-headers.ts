import { SECRET_HEADERS, VERIFIED_HEADER } from '../events/index.js';

type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;
type HeaderLists = Readonly<Record<string, readonly string[]>>;

/** The headers of a request, apart: those that go into the event, and those that nobody may see. */
export interface SplitHeaders {
  /** Lower-case name → values, sorted by name (edges.md §2.5). */
  readonly shown: HeaderLists;
  readonly secret: HeaderLists;
}

/**
 * @param keep names of headers, in any case, that are shown although they carry a secret
 * @param more names of further headers that carry a secret, in lower case
 */
export function splitHeaders(
  headers: RequestHeaders,
  keep: readonly string[],
  more: readonly string[] = [],
): SplitHeaders {
  const kept = keep.map((name) => name.toLowerCase());
  const shown: Record<string, readonly string[]> = {};
  const secret: Record<string, readonly string[]> = {};
  for (const name of Object.keys(headers).sort()) {
    const value = headers[name];
    if (value === undefined || name === VERIFIED_HEADER) continue;
    const side = (SECRET_HEADERS.includes(name) || more.includes(name)) && !kept.includes(name) ? secret : shown;
    side[name] = typeof value === 'string' ? [value] : value;
  }
  return { shown, secret };
}
