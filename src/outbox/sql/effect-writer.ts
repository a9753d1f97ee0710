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
  readonly effects: readonly NewEffect[];
  readonly awaited: boolean;
}

/** Writes new effects down, leased to this instance where it can go on with them at once. */
export class EffectWriter {
  private readonly ids = new UlidSource();
  /** Written without a lease. */
  private readonly left = new WeakSet<Effect>();

  constructor(
    private readonly attempts: EffectAttempts,
    private readonly leases: Leases,
    private readonly clock: Clock,
    private readonly settings: Settings,
    /** Whether this instance may hold another effect. */
    private readonly hasRoom: () => boolean,
  ) {}

  async write(on: Transaction, orders: readonly Order[]): Promise<Submission[]> {
    const rows = orders.flatMap(({ effects, awaited }) => effects.map((fresh) => this.rowOf(fresh, awaited)));
    const accepted = await effectsTable.insert(on, rows);
    const repeated = rows.filter(({ effect }) => !accepted.has(effect.id)).map(({ effect }) => effect);
    const known = repeated.length > 0 ? await effectsTable.known(on, repeated) : [];
    const byKey = new Map(known.map((effect) => [keyOf(effect), effect]));
    return rows.map(({ effect }) =>
      accepted.has(effect.id)
        ? { kind: 'accepted', effect }
        : { kind: 'duplicate', effect: byKey.get(keyOf(effect)) ?? effect },
    );
  }

  /**
   * The lease at birth. It is told from the effect alone: between writing and reading it an instance may have been
   * stopped for any time.
   */
  leaseOf({ createdAt, notBefore = createdAt }: Effect): Lease {
    return this.leases.lease(Math.max(createdAt, notBefore));
  }

  /** Whether the effect stays in the database until it is claimed, by whomever. */
  isLeft(effect: Effect): boolean {
    return this.left.has(effect);
  }

  private rowOf(fresh: NewEffect, awaited: boolean): NewRow {
    const now = this.clock.now();
    const payload = jsonOf(fresh.payload);
    const bytes = Buffer.byteLength(payload);
    const effect = this.checked(born(fresh, now, this.ids), bytes);
    const row = { effect, payload: bytes > this.limit() ? 'null' : payload, bytes, lane: this.attempts.laneOf(effect) };
    if (effect.state !== 'pending' || awaited || this.mayHold(row.lane, bytes)) {
      return { ...row, lease: this.leaseOf(effect) };
    }
    this.left.add(effect);
    const until = Math.max(effect.notBefore ?? now, this.attempts.lanes.restingUntil(row.lane));
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
