import type { JsonObject } from '../platform/json/index.js';

/** What is known about an event besides its content: who sent it, of what kind it is (edges.md §8.1). */
export interface EventDetails {
  readonly source?: string | null;
  /** The kind, e.g. `build`, `docker`, `manual`, `orca:pipeline:complete`. */
  readonly type?: string | null;
  /** Milliseconds since the epoch, as text. */
  readonly created?: string | null;
  readonly organization?: string | null;
  readonly project?: string | null;
  readonly application?: string | null;
  readonly _content_id?: string | null;
  readonly attributes?: Readonly<Record<string, string | null>> | null;
  /** The headers of the request that brought a webhook: lower-case name → values. */
  readonly requestHeaders?: Readonly<Record<string, readonly string[]>> | null;
}

/** What came in. The member names are those of the wire. */
export interface EchoEvent {
  readonly details?: EventDetails | null;
  readonly content?: JsonObject | null;
  /** The exact text that a webhook sent. */
  readonly rawContent?: string | null;
  /** The parsed body of a webhook, before anything was derived from it. */
  readonly payload?: JsonObject | null;
  /** The sender's id; an explicit null stays null. Not unique: Echo's own id is the inbox id. */
  readonly eventId: string | null;
}

/** The kind of an event, `''` where it says none. */
export const typeOf = (event: EchoEvent): string => event.details?.type ?? '';
