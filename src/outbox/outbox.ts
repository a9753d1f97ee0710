import type { Effect, NewEffect } from './effect.js';
import type { EffectFilter } from './effect-filter.js';

export type Submission =
  | { readonly kind: 'accepted'; readonly effect: Effect }
  /** An effect with this kind and key is known; nothing new happens. */
  | { readonly kind: 'duplicate'; readonly effect: Effect };

/**
 * The one way out: every effect is written down before it is attempted, is attempted until it is done or dead, and can
 * be looked at.
 *
 * What must hold with several instances: an effect is attempted by one instance at a time; if that instance dies,
 * another goes on. Kind and key are unique over all instances.
 */
export abstract class Outbox {
  /** Writes effects down and begins their first attempt at once. Resolves when they are written, not when they are done. */
  abstract submit<P>(effects: readonly NewEffect<P>[]): Promise<Submission[]>;

  /**
   * Writes one effect down, attempts it at once, and resolves with what became of the first attempt. For callers who
   * wait for the answer: after `retry` the effect is pending and goes on by itself. A duplicate resolves as it stands.
   */
  abstract perform<P>(effect: NewEffect<P>): Promise<Submission>;

  /** How many effects of this instance are waiting for an attempt or under way. */
  abstract depth(): number;

  /** Whether so many effects of a kind wait here for their turn that those who can put off further ones should. */
  abstract isBusy(kind: string): boolean;

  /** The effects of a kind that are known by these keys, in any order. */
  abstract known(kind: string, keys: readonly string[]): Promise<Effect[]>;

  /** The latest effects, newest first. */
  latest(limit: number): Promise<Effect[]> {
    return this.list({}, limit);
  }

  abstract find(id: string): Promise<Effect | undefined>;

  /** Effects, newest first. */
  abstract list(filter: EffectFilter, limit: number): Promise<Effect[]>;

  /** The ids of the effects that `list` would show, without what they carry. */
  abstract idsOf(filter: EffectFilter, limit: number): Promise<string[]>;

  /** Begins with dead effects anew; others, and those that were discarded, stay as they are. Answers how many. */
  abstract redrive(ids: readonly string[], by: string): Promise<number>;

  /** Puts dead effects aside with a reason; answers how many. */
  abstract discard(ids: readonly string[], reason: string, by: string): Promise<number>;
}
