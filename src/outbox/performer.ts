import { extensionPoint } from '../platform/extension/index.js';
import type { Effect, Outcome } from './effect.js';

/**
 * Does the effects of one kind. An effect may be attempted twice after a crash: whatever must happen once has to be
 * made so by the performer, from the effect's key.
 */
export interface EffectPerformer<P = unknown> {
  /**
   * One attempt. Whatever it throws counts as `dead` with the error's message.
   *
   * @param isOurs whether the effect is still this instance's to do: a process that was stopped for a while may have
   *   lost it without noticing. What must not happen twice asks right before it does.
   */
  attempt(effect: Effect<P>, isOurs: () => boolean): Promise<Outcome<P>>;
  /**
   * Called for an effect that waits for its instant, where there is time before it: makes ready what cannot change until
   * then. Nothing may depend on its being called.
   */
  prepare?(effect: Effect<P>): void;
  /** Where the effect goes. Without it effects of this kind share one destination. */
  destinationOf?(effect: Effect<P>): Destination;
}

/**
 * What effects to one place share: their turns, their rate, their circuit breaker. A slow or failing destination holds
 * up nothing but its own effects.
 */
export interface Destination {
  /** Unique within the kind: a host, an endpoint's name, a chat channel. */
  readonly name: string;
  /** How many attempts may be under way at once, on this instance; `outbox.concurrency` where it does not say. */
  readonly concurrency?: number;
  /** How many attempts may begin in a second, on this instance. */
  readonly perSecond?: number;
  /** How many may begin at once before that rate holds; 1 where it does not say. */
  readonly burst?: number;
  /** After how many failures in a row the destination rests, and for how long. */
  readonly breaker?: { readonly failures: number; readonly restMs: number };
}

/** How an attempt that may succeed later is repeated: the pauses grow by `factor` from `firstMs` to `maxMs`, with jitter. */
export interface RetryPolicy {
  /** Attempts in all, the first included; after the last the effect is dead. */
  readonly attempts: number;
  readonly firstMs: number;
  readonly factor: number;
  readonly maxMs: number;
}

export interface EffectPerformerOptions {
  /** The kind of effects it does. */
  readonly name: string;
  /** For outcomes `retry` that name no pause of their own. */
  readonly retry?: RetryPolicy;
  /** What was done is remembered for `outbox.sql.ledgerRetention`, at the end without its payload. */
  readonly ledger?: true;
}

export const effectPerformers = extensionPoint<EffectPerformer, EffectPerformerOptions>(
  'echo:effect-performer',
  'effect performer',
  ['attempt'],
);

/** Makes a provider the performer of a kind of effects. */
export const PerformsEffects = effectPerformers.decorator;
