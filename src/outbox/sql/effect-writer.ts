import type { Clock } from '../../platform/clock/index.js';
import type { Lease, Leases, Transaction } from '../../platform/database/index.js';
import { UlidSource } from '../../platform/ids/index.js';
import type { Settings } from '../../platform/settings/index.js';
import { born, keyOf } from '../birth.js';
import type { EffectAttempts } from '../effect-attempt.js';
import type { Effect, NewEffect } from '../effect.js';
import { outboxConfig } from '../outbox.config.js';
import type { Submission } from '../outbox.js';
import { jsonOf } from './effect-row.js';
import { type NewRow, effectsTable } from './effects-table.js';

/** From this size on a payload waits for its turn in the database and not in memory; bytes. */
const BIG = 262_144;

/** Effects that are written down together; somebody may wait for the first attempt. */
export interface Order {
  readonly effects: readonly Effect[];
  readonly awaited: boolean;
}

/** Writes new effects down, leased to this instance where it can go on with them at once. */
export class EffectWriter {
  private readonly ids = new UlidSource();
  /** Written, and not ours to go on with before this instant. */
  private readonly left = new WeakMap<Effect, number>();

  constructor(
    private readonly attempts: EffectAttempts,
    private readonly leases: Leases,
    private readonly clock: Clock,
    private readonly settings: Settings,
    /** Whether this instance may hold another effect. */
    private readonly hasRoom: () => boolean,
  ) {}

  /** Gives effects what they keep, however often writing them down is tried. */
  bear(effects: readonly NewEffect[]): Effect[] {
    const now = this.clock.now();
    return effects.map((fresh) => born(fresh, now, this.ids));
  }

  async write(on: Transaction, orders: readonly Order[]): Promise<Submission[]> {
    const rows = orders.flatMap(({ effects, awaited }) => effects.map((effect) => this.rowOf(effect, awaited)));
    const accepted = await effectsTable.insert(on, rows);
    const repeated = rows.filter(({ effect }) => !accepted.has(effect.id)).map(({ effect }) => effect);
    const known = repeated.length > 0 ? await effectsTable.known(on, repeated) : [];
    const byKey = new Map(known.map((effect) => [keyOf(effect), effect]));
    return rows.map(({ effect }) => {
      const first = accepted.has(effect.id) ? effect : (byKey.get(keyOf(effect)) ?? effect);
      if (first.id !== effect.id) return { kind: 'duplicate', effect: first };
      return { kind: 'accepted', effect: accepted.has(effect.id) ? effect : this.unclear(first) };
    });
  }

  /**
   * The lease at birth. It is told from the effect alone: between writing and reading it an instance may have been
   * stopped for any time.
   */
  leaseOf({ createdAt, notBefore = createdAt }: Effect): Lease {
    return this.leases.lease(Math.max(createdAt, notBefore));
  }

  /** From when on the effect is claimed by whoever looks, where this instance has no lease on it. */
  leftUntil(effect: Effect): number | undefined {
    return this.left.get(effect);
  }

  /** An earlier try wrote it and was not answered: who has it by now shows when the lease of that try ends. */
  private unclear(effect: Effect): Effect {
    this.left.set(effect, this.leaseOf(effect).until);
    return effect;
  }

  private rowOf(given: Effect, awaited: boolean): NewRow {
    const now = this.clock.now();
    const payload = jsonOf(given.payload);
    const bytes = Buffer.byteLength(payload);
    // Dated anew with each try: the lease begins with the one that succeeds.
    const effect = this.checked({ ...given, createdAt: now }, bytes);
    const row = { effect, payload: bytes > this.limit() ? 'null' : payload, bytes, lane: this.attempts.laneOf(effect) };
    if (effect.state !== 'pending' || awaited || this.mayHold(row.lane, bytes)) {
      return { ...row, lease: this.leaseOf(effect) };
    }
    const until = Math.max(effect.notBefore ?? now, this.attempts.lanes.restingUntil(row.lane));
    this.left.set(effect, until);
    return { ...row, lease: { by: null, until } };
  }

  private checked(effect: Effect, bytes: number): Effect {
    if (bytes <= this.limit() || effect.state !== 'pending') return effect;
    const lastError = `its payload of ${bytes} bytes is larger than ${outboxConfig.maxPayload.key} (${this.limit()})`;
    return { ...effect, state: 'dead', finishedAt: effect.createdAt, lastError };
  }

  private mayHold(lane: string, bytes: number): boolean {
    const { lanes } = this.attempts;
    return this.hasRoom() && !lanes.isBlocked(lane) && (bytes < BIG || !lanes.isCrowded(lane));
  }

  private limit(): number {
    return this.settings.get(outboxConfig.maxPayload);
  }
}
