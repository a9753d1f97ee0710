type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;
type HeaderLists = Readonly<Record<string, readonly string[]>>;

/** Headers that are worth stealing: they stay in the inbox for those who check them (decisions.md 29). */
const SECRET = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-hub-signature',
  'x-hub-signature-256',
  'x-gitlab-token',
  'x-slack-signature',
  'webhook-signature',
];

/** The headers of a request, apart: those that go into the event, and those that nobody may see. */
export interface SplitHeaders {
  /** Lower-case name → values, sorted by name (edges.md §2.5). */
  readonly shown: HeaderLists;
  readonly secret: HeaderLists;
}

/** @param keep names of headers, in any case, that are shown although they carry a secret */
export function splitHeaders(headers: RequestHeaders, keep: readonly string[]): SplitHeaders {
  const kept = keep.map((name) => name.toLowerCase());
  const shown: Record<string, readonly string[]> = {};
  const secret: Record<string, readonly string[]> = {};
  for (const name of Object.keys(headers).sort()) {
    const value = headers[name];
    if (value === undefined) continue;
    const side = SECRET.includes(name) && !kept.includes(name) ? secret : shown;
    side[name] = typeof value === 'string' ? [value] : value;
  }
  return { shown, secret };
}
