import { extensionPoint } from '../platform/extension/index.js';
import type { Effect, Outcome } from './effect.js';

/**
 * Does the effects of one kind. An effect may be attempted twice after a crash: whatever must happen once has to be
 * made so by the performer, from the effect's key.
 */
export interface EffectPerformer<P = unknown> {
  /** One attempt. Whatever it throws counts as `dead` with the error's message. */
  attempt(effect: Effect<P>): Promise<Outcome<P>>;
}

export interface EffectPerformerOptions {
  /** The kind of effects it does. */
  readonly name: string;
}

export const effectPerformers = extensionPoint<EffectPerformer, EffectPerformerOptions>(
  'echo:effect-performer',
  'effect performer',
  ['attempt'],
);

/** Makes a provider the performer of a kind of effects. */
export const PerformsEffects = effectPerformers.decorator;
