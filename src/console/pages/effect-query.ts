import { type Effect, EFFECT_STATES, type EffectFilter } from '../../outbox/index.js';
import { textOf } from '../rendering/page.js';

/** What a list of effects was asked for. A state that there is none of counts as none: pages are for looking around. */
export function effectFilterOf(
  asked: Readonly<Record<string, unknown>>,
  kind: string,
): { readonly filter: EffectFilter; readonly state: string } {
  const state = EFFECT_STATES.find((known) => known === textOf(asked['state']));
  const before = textOf(asked['before']);
  const filter = { ...(kind && { kind }), ...(state && { state }), ...(before && { before }) };
  return { filter, state: state ?? '' };
}

/** The query of the next page; empty where there is none. */
export function olderOf(effects: readonly Effect[], limit: number, asked: Record<string, string>): string {
  const last = effects.at(-1);
  return last && effects.length === limit ? `?${new URLSearchParams({ ...asked, before: last.id })}` : '';
}
