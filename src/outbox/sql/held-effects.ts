import type { Clock } from '../../platform/clock/index.js';
import type { Leases } from '../../platform/database/index.js';
import type { Effect } from '../effect.js';

interface Held {
  readonly effect: Effect;
  /** Until when the lease is ours, as far as we know. */
  until: number;
  attempting: boolean;
  cancel: (() => void) | undefined;
}

/** The effects that this instance has leased, and those that it expects back. */
export class HeldEffects {
  private readonly held = new Map<string, Held>();
  /** Own effects that wait in the database for their next attempt, and when that is due. */
  private readonly expected = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly leases: Leases,
  ) {}

  get size(): number {
    return this.held.size;
  }

  /** Held and expected ones. */
  get depth(): number {
    return this.held.size + this.expected.size;
  }

  get ids(): string[] {
    return [...this.held.keys()];
  }

  has(id: string): boolean {
    return this.held.has(id);
  }

  take(effect: Effect, until: number): void {
    this.expected.delete(effect.id);
    this.held.set(effect.id, { effect, until, attempting: false, cancel: undefined });
  }

  /** Runs `task` at an instant, unless the effect is let go before. */
  wait(id: string, at: number, task: () => void): void {
    const held = this.held.get(id);
    if (held) held.cancel = this.clock.after(at - this.clock.now(), task);
  }

  /** Whether the lease still holds; a process that was stopped for a while may have lost it without noticing. */
  holds(id: string): boolean {
    const held = this.held.get(id);
    return held !== undefined && this.leases.covers(held.until);
  }

  /** Notes that an attempt begins, where the lease still holds. */
  begin(id: string): boolean {
    const held = this.held.get(id);
    if (!held || !this.holds(id)) return false;
    held.attempting = true;
    return true;
  }

  drop(id: string): void {
    this.held.get(id)?.cancel?.();
    this.held.delete(id);
  }

  expect(id: string, at: number): void {
    this.expected.set(id, at);
  }

  /** What was due before `instant` and did not come back is somebody else's now. */
  expectNothingBefore(instant: number): void {
    for (const [id, at] of this.expected) if (at < instant) this.expected.delete(id);
  }

  /** Of the asked ones, those in `kept` are ours until `until`; the others were lost. */
  renewed(asked: readonly string[], kept: ReadonlySet<string>, until: number): void {
    for (const id of asked) {
      const held = this.held.get(id);
      if (!held) continue;
      if (kept.has(id)) held.until = until;
      else if (!held.attempting) this.drop(id);
    }
  }

  /** Lets go of everything; answers what had begun and what had not. */
  dropAll(): { readonly begun: string[]; readonly waiting: string[] } {
    const all = [...this.held.values()];
    const idsOf = (begun: boolean): string[] =>
      all.filter(({ attempting }) => attempting === begun).map(({ effect }) => effect.id);
    for (const { effect } of all) this.drop(effect.id);
    return { begun: idsOf(true), waiting: idsOf(false) };
  }
}
