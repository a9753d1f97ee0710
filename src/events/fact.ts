/**
 * Something that happened and that other rooms may want to know. A room declares the facts it owns in
 * `<room>.facts.ts`; docs/events.md lists them all.
 */
export interface Fact<T> {
  readonly name: string;
  /** What it says and when it is published. */
  readonly description: string;
  readonly publisher: string;
  readonly subscribers: readonly string[];
  /** The payload's type; there is no value behind it. */
  readonly payload?: T;
}

export const fact = <T>(name: string, options: Omit<Fact<T>, 'name' | 'payload'>): Fact<T> => ({ name, ...options });
