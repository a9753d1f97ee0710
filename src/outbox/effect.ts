import type { JsonValue } from '../platform/json/index.js';
import type { Identity } from '../platform/request-context/index.js';

/** What brought an effect about. */
export interface Cause {
  /** Inbox id of the event, where an event did. */
  readonly inboxId?: string;
  /** The sender's id of that event. */
  readonly eventId?: string;
  /** Id of the cron trigger, where one of its slots did. */
  readonly triggerId?: string;
  /** The instant of that slot, milliseconds since the epoch. */
  readonly slot?: number;
  /** The application and the pipeline that it is about, where it is about one. */
  readonly application?: string;
  readonly pipeline?: string;
  /** Type of Echo's own event that it tells of: whatever becomes of it, there is no further one. */
  readonly routerEvent?: string;
}

/** One thing to do to the outside world, not yet written down. */
export interface NewEffect<P = unknown> {
  /** Names the performer: `start`, `notification`, `forward` … */
  readonly kind: string;
  /** Two effects with the same kind and key are the same effect: the second is not done. */
  readonly key: string;
  /** What the performer needs; plain data that survives a round trip through JSON. */
  readonly payload: P;
  readonly identity: Identity;
  readonly cause: Cause;
  /** Set when the effect is held back on purpose: it is recorded and never performed. */
  readonly suppressedBy?: string;
  /** The first attempt is made at this instant and not at once; milliseconds since the epoch. */
  readonly notBefore?: number;
}

/** What an operator did to a dead effect. */
export interface Handling {
  readonly did: 'redriven' | 'discarded';
  /** The name of the token, or who the caller on the same machine says to be. */
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export type EffectState = 'pending' | 'done' | 'suppressed' | 'dead';

/** An effect in the outbox. Times are milliseconds since the epoch. */
export interface Effect<P = unknown> extends NewEffect<P> {
  readonly id: string;
  readonly state: EffectState;
  /** How often the performer was called. */
  readonly attempts: number;
  readonly createdAt: number;
  readonly nextAttemptAt?: number;
  readonly finishedAt?: number;
  readonly lastError?: string;
  /** Why a dead effect was put aside; it is redriven no more. */
  readonly discarded?: string;
  /** What an operator did to it last. */
  readonly handled?: Handling;
  /** What the last attempt brought, where the performer said it. */
  readonly result?: JsonValue;
  /**
   * The instance that had it was lost: whether an attempt of that one reached its destination is unknown. A performer
   * that can ask there does so before it repeats.
   */
  readonly interrupted?: true;
}

/** What became of one attempt. `result` is kept with the effect, for those who wait for it or look at it. */
export type Outcome<P = unknown> =
  | { readonly kind: 'done'; readonly result?: JsonValue }
  /**
   * Try again after `afterMs`, with a changed payload where one is given. Without `afterMs` the kind's retry policy
   * decides when, and whether there is another attempt at all; `atLeastMs` is what the destination asked for.
   */
  | {
      readonly kind: 'retry';
      readonly error: string;
      readonly afterMs?: number;
      readonly atLeastMs?: number;
      /** The destination asked that nothing at all be sent to it for so long. */
      readonly restMs?: number;
      readonly payload?: P;
      readonly result?: JsonValue;
    }
  /** It was held back on purpose; `error` says by what. */
  | { readonly kind: 'suppressed'; readonly error: string; readonly result?: JsonValue }
  /** Something else goes first: nothing was tried, and no attempt is counted. */
  | { readonly kind: 'postponed'; readonly afterMs: number; readonly error: string }
  /** It will never succeed, or it has been tried often enough. */
  | { readonly kind: 'dead'; readonly error: string; readonly restMs?: number; readonly result?: JsonValue };
