/** Lower-case name → values. */
export type Headers = Readonly<Record<string, readonly string[]>>;

/** The first value of a header, never something inherited. */
export const headerOf = (headers: Headers, name: string): string | undefined =>
  Object.hasOwn(headers, name) ? headers[name]?.[0] : undefined;

/** Whether a request seems to come through gate, which passes on few headers and writes bodies anew. */
export const isThroughGate = (headers: Headers): boolean =>
  headerOf(headers, 'user-agent')?.startsWith('okhttp') ?? false;
