import type { Clock } from '../../platform/clock/index.js';
import { Batcher, type Leases, type Transaction, patiently } from '../../platform/database/index.js';
import { Drain } from '../../platform/lifecycle/index.js';
import { concluded } from '../conclude.js';
import { type EffectAttempts, MOST_PREPARED } from '../effect-attempt.js';
import type { Effect } from '../effect.js';
import { type Ending, effectsTable } from './effects-table.js';
import type { HeldEffects } from './held-effects.js';

/** One at a time: what ends while one is under way, or just after it began, shares the next. */
const ROUNDS = { atOnce: 1, most: 500, paceMs: 20 };

/** What an outbox over PostgreSQL has, as far as its parts share it. */
export interface OutboxParts {
  readonly attempts: EffectAttempts;
  readonly held: HeldEffects;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly source: Transaction;
}

/** Who wants to know what becomes of effects here. */
export interface RunWatcher {
  /** An effect waits in the database, until then. */
  readonly waits: (until: number) => void;
  /** An attempt has ended: there may be room for another one of its lane. */
  readonly ended: (effect: Effect) => void;
}

/** The effects that this instance has leased: attempts them when it is their time, and writes down how that ended. */
export class EffectRuns {
  private readonly underWay = new Drain();
  private readonly ending: Batcher<Ending, undefined>;

  constructor(
    private readonly parts: OutboxParts,
    private readonly watcher: RunWatcher,
  ) {
    this.ending = new Batcher((ends) => this.note(ends), ROUNDS);
  }

  /** Whether nothing begins any more. */
  get closed(): boolean {
    return this.underWay.closed;
  }

  /** Goes on with an effect that is leased until `until`: at its time, or at once. */
  begin(effect: Effect, until: number): void {
    const { attempts, held, clock } = this.parts;
    held.take(effect, until);
    const { notBefore = 0 } = effect;
    if (notBefore <= clock.now()) return void this.run(effect);
    held.wait(effect.id, notBefore, () => void this.run(effect));
    if (held.size <= MOST_PREPARED) attempts.prepare(effect);
  }

  /** Leaves an effect in the database: it comes back by itself when it is due and there is room. */
  expect({ id }: Effect, due: number): void {
    this.parts.held.expect(id, due);
    this.watcher.waits(due);
  }

  /** One attempt of an effect that is held; resolves with what became of it, written down. */
  async run(effect: Effect, insists = false): Promise<Effect> {
    const { attempts, held, clock } = this.parts;
    const leave = this.underWay.enter();
    const begin = (): boolean => held.begin(effect.id);
    const isOurs = (): boolean => held.holds(effect.id);
    const tried = { ...effect, attempts: effect.attempts + 1 };
    const end = await attempts.attempt(tried, { begin, isOurs, insists });
    if (end.kind === 'not-begun') {
      // At shutdown it is handed back with the rest; else somebody else has it.
      if (!this.closed) held.drop(effect.id);
      leave();
      return effect;
    }
    const after = concluded(effect, end, clock.now());
    await this.keep({ effect: after, repacked: after.payload !== effect.payload });
    held.drop(effect.id);
    if (after.state === 'pending') this.expect(after, after.nextAttemptAt ?? clock.now());
    else attempts.conclude(after);
    leave();
    this.watcher.ended(effect);
    return after;
  }

  /** Prolongs the leases of what is held; what somebody else has by now is let go. */
  async renew(): Promise<void> {
    const { held, leases, source } = this.parts;
    const [ids, lease] = [held.ids, leases.lease()];
    held.renewed(ids, await effectsTable.renew(source, ids, lease), lease.until);
  }

  /** Attempts under way get their time; everything else goes back to whoever looks next. */
  async drain(limitMs: number): Promise<void> {
    const { attempts, held, leases, source, clock } = this.parts;
    attempts.lanes.close();
    await this.underWay.close(limitMs, clock);
    await effectsTable.release(source, held.dropAll(), leases.owner, clock.now());
  }

  /** Where the database is gone, what was done is written down when it is back, so that it is not done again. */
  private async keep(ending: Ending): Promise<void> {
    const { clock } = this.parts;
    const kept = patiently(
      clock,
      () => this.ending.add(ending),
      () => !this.closed,
    );
    // Its lease runs out, and whoever takes it over knows that it was interrupted.
    await kept.catch(() => undefined);
  }

  private async note(ends: readonly Ending[]): Promise<undefined[]> {
    const { source, leases } = this.parts;
    await effectsTable.conclude(source, ends, leases.owner);
    return ends.map(() => undefined);
  }
}
