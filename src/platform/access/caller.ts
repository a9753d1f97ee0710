/** What access control looks at in a request. */
export interface Caller {
  /** The address of the connection. */
  readonly ip: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly socket: unknown;
}

/** A header that is sent once. */
export function headerOf({ headers }: Caller, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** Whether a page of another site makes the request: browsers name the site. */
export function isFromElsewhere(caller: Caller): boolean {
  const origin = headerOf(caller, 'origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headerOf(caller, 'host');
}
