import type { Effect, EffectState } from './effect.js';

export const EFFECT_STATES: readonly EffectState[] = ['pending', 'done', 'suppressed', 'dead'];

/** Which effects are meant; what is absent does not matter. Times are milliseconds since the epoch. */
export interface EffectFilter {
  readonly kind?: string;
  readonly state?: EffectState;
  /** Of the event that caused it. */
  readonly inboxId?: string;
  readonly from?: number;
  readonly to?: number;
  /** Only effects with smaller ids than this: the next page. */
  readonly before?: string;
  /** Whether dead effects that were discarded belong to it; they do unless this says no. */
  readonly discarded?: false;
}

/** Whether the filter means the effect. */
export function isMeant(effect: Effect, { kind, state, inboxId, from, to, before, discarded }: EffectFilter): boolean {
  return (
    (kind === undefined || effect.kind === kind) &&
    (state === undefined || effect.state === state) &&
    (inboxId === undefined || effect.cause.inboxId === inboxId) &&
    (from === undefined || effect.createdAt >= from) &&
    (to === undefined || effect.createdAt <= to) &&
    (before === undefined || effect.id < before) &&
    (discarded === undefined || effect.discarded === undefined)
  );
}
