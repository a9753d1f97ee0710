import type { Identity } from '../request-context/index.js';

/** What a span tells. Values that are not known are left out. */
export type TraceFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface SpanOptions {
  readonly name: string;
  readonly kind: 'consumer' | 'internal' | 'producer' | 'client';
  readonly facts?: TraceFacts;
}

/** How a span ended, where that is more than that its work resolved or rejected. */
export interface SpanEnd {
  readonly facts?: TraceFacts;
  readonly error?: string;
}

/** Tells where the time of an event went. Traces are for people; nothing may depend on them. */
export abstract class Tracer {
  /**
   * Does the work inside a span that goes on with the trace of `identity`, or begins one. The work is given the identity
   * with which whatever it causes goes on. Ends as the work does.
   */
  abstract trace<T>(
    span: SpanOptions,
    identity: Identity,
    work: (identity: Identity) => Promise<T>,
    ended?: (result: T) => SpanEnd,
  ): Promise<T>;
}

/** Traces nothing: the trace of a caller goes on as it came. */
export class NoTracer extends Tracer {
  trace<T>(_span: SpanOptions, identity: Identity, work: (identity: Identity) => Promise<T>): Promise<T> {
    return work(identity);
  }
}
