import { randomUUID } from 'node:crypto';

/**
 * Who caused something and in which request: the `X-SPINNAKER-*` headers of the request that brought an event, and where
 * its trace stands (W3C Trace Context), under their lower-case names. It is data: stored with the event and its effects, and given to every call made on its
 * behalf. Built from edges.md §2.3 and core.md §5.6.
 */
export interface Identity {
  readonly headers: Readonly<Record<string, string>>;
}

const PREFIX = 'x-spinnaker-';

/** A trace that a caller began goes on in whatever is done on its behalf. */
export const TRACE_HEADERS: readonly string[] = ['traceparent', 'tracestate'];

export const HEADER = {
  user: 'x-spinnaker-user',
  accounts: 'x-spinnaker-accounts',
  userOrigin: 'x-spinnaker-user-origin',
  requestId: 'x-spinnaker-request-id',
  executionId: 'x-spinnaker-execution-id',
  application: 'x-spinnaker-application',
  anonymous: 'x-spinnaker-anonymous',
} as const;

/** The identity of something that no request caused: a slot, a poll, a message. */
export const NOBODY: Identity = { headers: {} };

/** What of a request travels with the event that it brings, and from there with every call made because of it. */
const CARRIED: ReadonlySet<string> = new Set([
  HEADER.user,
  HEADER.userOrigin,
  HEADER.accounts,
  HEADER.requestId,
  HEADER.executionId,
  HEADER.application,
  ...TRACE_HEADERS,
]);

type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the identity of an HTTP request. Every request has a user origin: `deck` or `api`. */
export function identityOf(headers: RequestHeaders): Identity {
  const kept: Record<string, string> = {};
  for (const name in headers) {
    if (!name.startsWith(PREFIX) && !TRACE_HEADERS.includes(name)) continue;
    const value = headers[name];
    if (value !== undefined) kept[name] = typeof value === 'string' ? value : value.join(',');
  }
  const app = headers['x-ratelimit-app'];
  kept[HEADER.userOrigin] = typeof app === 'string' && app.toLowerCase() === 'deck' ? 'deck' : 'api';
  return { headers: kept };
}

/** The same identity with a request id: its own, else a new one (led by the execution id where there is one). */
export function withRequestId(identity: Identity): Identity {
  if (identity.headers[HEADER.requestId]) return identity;
  const execution = identity.headers[HEADER.executionId];
  const id = execution ? `${execution}:${randomUUID()}` : randomUUID();
  return { headers: { ...identity.headers, [HEADER.requestId]: id } };
}

/** The identity as far as it travels with an event (edges.md §2.4). */
export function carried({ headers }: Identity): Identity {
  return { headers: Object.fromEntries(Object.entries(headers).filter(([name]) => CARRIED.has(name))) };
}

/** The same request made as another user, or as none (`undefined`). */
export function asUser(identity: Identity, user: string | undefined): Identity {
  const { [HEADER.user]: _dropped, ...rest } = identity.headers;
  return { headers: user === undefined ? rest : { ...rest, [HEADER.user]: user } };
}

/** Marks a call that a service without a user may make. */
export function allowAnonymous(identity: Identity): Identity {
  return { headers: { ...identity.headers, [HEADER.anonymous]: 'anonymous' } };
}
