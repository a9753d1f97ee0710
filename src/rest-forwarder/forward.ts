import type { Effect } from '../outbox/index.js';

export const FORWARD = 'forward';

/** What is kept of a forward. Neither address nor credentials are in it: those are the configuration's. */
export interface ForwardPayload {
  /** Name of the endpoint. */
  readonly endpoint: string;
  /** The exact text to send; the same for every try. */
  readonly body?: string;
  /** Why there is no body. */
  readonly unbuildable?: string;
  /** How often it was sent. */
  readonly tries: number;
  /** Forwards of one lane go out one after another. */
  readonly lane?: string;
}

export type Forward = Effect<ForwardPayload>;
