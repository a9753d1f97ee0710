import type { JsonObject } from '../../platform/json/index.js';

/** A request by which a provider tells that somebody has pressed a button. */
export interface InteractionRequest {
  /** Under lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The exact text that was sent: signatures are computed over it. */
  readonly body: string;
}

/** What somebody did with a message, and who is to hear of it. */
export interface Interaction {
  /** The service that had asked, by its name in the configuration. */
  readonly serviceId: string;
  /** The service's own id of what it had asked. */
  readonly messageId: string;
  /** Who it was; null where the provider does not tell. */
  readonly user: string | null;
  readonly action: {
    readonly name: string | null;
    readonly value: string | null;
    readonly label: string | null;
  };
  /** What the provider sent, for the channel's own answer. */
  readonly source: JsonObject;
}
