import { Injectable } from '@nestjs/common';
import { type Effect, type EffectState, Outbox } from '../outbox/index.js';
import { START, type StartPayload } from '../pipelines/index.js';
import { wasStartedAgain } from '../slots/index.js';

/** The latest start of a slot. */
export interface KnownStart {
  readonly effect: Effect<StartPayload>;
  /** 1 for the start of the slot itself, one more for each time it was started again after that. */
  readonly round: number;
}

/** As compensation sees it: a dead start that somebody else put aside was settled by that. */
export const stateOf = ({ effect }: KnownStart): EffectState =>
  effect.discarded === undefined || wasStartedAgain(effect, 'compensation') ? effect.state : 'suppressed';

/** The key of a slot's start in a round. Every instance makes the same one, so that only one of them wins. */
export const keyOfRound = (slotKey: string, round: number): string => (round === 1 ? slotKey : `${slotKey}#${round}`);

/** What the outbox knows of the starts of slots: those of all instances that share a database with this one. */
@Injectable()
export class StartLedger {
  constructor(private readonly outbox: Outbox) {}

  /** The latest start of each slot, by the slot's key; slots without one are left out. */
  async latest(slotKeys: readonly string[]): Promise<ReadonlyMap<string, KnownStart>> {
    const latest = new Map<string, KnownStart>();
    let asked = slotKeys;
    for (let round = 1; asked.length > 0; round++) {
      const found = await this.inRound(asked, round);
      for (const [slotKey, effect] of found) latest.set(slotKey, { effect, round });
      asked = [...found.keys()];
    }
    return latest;
  }

  private async inRound(slotKeys: readonly string[], round: number): Promise<Map<string, Effect<StartPayload>>> {
    const effects = await this.outbox.known(
      START,
      slotKeys.map((slotKey) => keyOfRound(slotKey, round)),
    );
    const byKey = new Map(effects.map((effect) => [effect.key, effect as Effect<StartPayload>]));
    const found = slotKeys.map((slotKey) => [slotKey, byKey.get(keyOfRound(slotKey, round))] as const);
    return new Map(found.filter((entry): entry is [string, Effect<StartPayload>] => entry[1] !== undefined));
  }
}
