export type { Cause, Effect, EffectState, NewEffect, Outcome } from './effect.js';
export { failedAttempt } from './failed-attempt.js';
export { effectDead } from './outbox.facts.js';
export { Outbox } from './outbox.js';
export type { Submission } from './outbox.js';
export { OutboxModule } from './outbox.module.js';
export { PerformsEffects } from './performer.js';
export type { Destination, EffectPerformer, EffectPerformerOptions, RetryPolicy } from './performer.js';
export { breakerOf } from './breaker.config.js';
