import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { Batcher, type Lease, Leases, type Transaction, forSender } from '../../platform/database/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { UlidSource } from '../../platform/ids/index.js';
import { Drain, JobRunner, Shutdown } from '../../platform/lifecycle/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { Settings } from '../../platform/settings/index.js';
import { born, keyOf } from '../birth.js';
import { concluded } from '../conclude.js';
import { EffectAttempts } from '../effect-attempt.js';
import type { Effect, NewEffect } from '../effect.js';
import { outboxConfig } from '../outbox.config.js';
import { outboxMetrics } from '../outbox.metrics.js';
import type { Submission } from '../outbox.js';
import { TransactionalOutbox } from '../transactional-outbox.js';
import { Alarms } from './alarms.js';
import { type Unleased, effectsTable } from './effects-table.js';
import { HeldEffects } from './held-effects.js';

const ROUNDS = 4;
const PER_ROUND = 500;

/** Effects that are written down together; somebody may wait for the first attempt. */
interface Order {
  readonly effects: readonly NewEffect[];
  readonly awaited: boolean;
}

/**
 * The outbox in PostgreSQL. An effect is leased at birth by the instance that wrote it and attempted at once; one whose
 * lease ran out, or whose next attempt is due, is claimed by whoever looks first. What waits for a retry, and what is
 * more than an instance can have under way, is not in memory.
 */
@Injectable()
export class SqlOutbox extends TransactionalOutbox implements OnModuleInit, OnApplicationBootstrap {
  private readonly ids = new UlidSource();
  private readonly log = new Logger('Outbox');
  private readonly held: HeldEffects;
  private readonly leases: Leases;
  private readonly alarms: Alarms;
  private readonly underWay = new Drain();
  /** Written without a lease, since enough is under way. */
  private readonly left = new WeakSet<Effect>();
  private readonly submitting: Batcher<Order, Submission[]>;
  private readonly ending: Batcher<Effect, undefined>;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  /** There was no room for all that was due. */
  private crowded = false;

  constructor(
    private readonly attempts: EffectAttempts,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
    private readonly jobs: JobRunner,
    @InjectDataSource() private readonly source: DataSource,
    @Inject(metricToken(outboxMetrics.depth)) depth: Gauge,
  ) {
    super();
    this.held = new HeldEffects(clock);
    this.leases = new Leases(clock, () => settings.get(outboxConfig.leaseMs));
    this.alarms = new Alarms(clock, () => this.takeOver());
    this.submitting = new Batcher((orders) => this.writeAll(orders), ROUNDS, PER_ROUND);
    this.ending = new Batcher((ends) => this.note(ends), ROUNDS, PER_ROUND);
    const read = (): number => this.depth();
    Object.assign(depth, { collect: () => depth.set(read()) });
  }

  onModuleInit(): void {
    this.shutdown.register('outbox', () => this.drain());
  }

  onApplicationBootstrap(): void {
    this.jobs.start({
      name: 'outbox.takeover',
      description: 'Takes over effects that are due or whose instance is gone',
      intervalMs: () => this.settings.get(outboxConfig.scanMs),
      run: () => this.leases.watch(() => this.takeOver()),
    });
    this.jobs.start({
      name: 'outbox.leases',
      description: 'Renews the leases of effects under way',
      intervalMs: () => this.settings.get(outboxConfig.leaseMs) / 3,
      run: () => this.leases.watch(() => this.renew()),
    });
  }

  async submit(effects: readonly NewEffect[]): Promise<Submission[]> {
    if (effects.length === 0) return [];
    const written = await this.order({ effects, awaited: false });
    this.adopt(written);
    return written;
  }

  async perform(fresh: NewEffect): Promise<Submission> {
    const [written] = await this.order({ effects: [fresh], awaited: true });
    if (!written) throw new Error('An effect was written and not answered.');
    if (written.kind === 'duplicate' || written.effect.state !== 'pending') return written;
    this.held.take(written.effect, this.leases.lease().until);
    return { kind: 'accepted', effect: await this.run(written.effect) };
  }

  write(transaction: Transaction, effects: readonly NewEffect[]): Promise<Submission[]> {
    return this.insert(transaction, [{ effects, awaited: false }]);
  }

  adopt(written: readonly Submission[]): void {
    for (const { kind, effect } of written) {
      if (kind === 'duplicate') continue;
      if (effect.state !== 'pending') this.attempts.conclude(effect);
      else if (this.left.has(effect)) this.expect(effect);
      else this.begin(effect, this.leases.lease(effect.notBefore).until);
    }
  }

  depth(): number {
    return this.held.depth;
  }

  latest(limit: number): Promise<Effect[]> {
    return effectsTable.latest(this.source, limit);
  }

  /** Claims what is due, as long as there is more and room for it. */
  takeOver(): Promise<void> {
    // What fell due after the look under way had its rows would be missed.
    this.lookAgain = this.looking !== undefined;
    return (this.looking ??= this.claimAll().finally(() => (this.looking = undefined)));
  }

  private async claimAll(): Promise<void> {
    do {
      this.lookAgain = false;
      await this.claimRounds(this.clock.now());
    } while (this.lookAgain);
  }

  private async claimRounds(began: number): Promise<void> {
    for (;;) {
      const most = Math.min(this.settings.get(outboxConfig.inFlight) - this.held.size, PER_ROUND);
      this.crowded = most <= 0;
      if (this.crowded || this.underWay.closed) return;
      const lease = this.leases.lease();
      const limits = { now: this.clock.now(), abandonedBefore: this.leases.abandonedBefore(), most };
      const claimed = await effectsTable.claim(this.source, limits, lease);
      for (const effect of claimed) if (!this.held.has(effect.id)) this.begin(effect, lease.until);
      if (claimed.length < most) return this.held.expectNothingBefore(began);
    }
  }

  private async renew(): Promise<void> {
    const [ids, lease] = [this.held.ids, this.leases.lease()];
    this.held.renewed(ids, await effectsTable.renew(this.source, ids, lease), lease.until);
  }

  private order(order: Order): Promise<Submission[]> {
    return this.submitting.add(order).catch((error: unknown) => {
      throw forSender(error);
    });
  }

  private async writeAll(orders: readonly Order[]): Promise<Submission[][]> {
    const written = await this.insert(this.source, orders);
    let from = 0;
    return orders.map(({ effects: { length } }) => written.slice(from, (from += length)));
  }

  private async insert(on: Transaction, orders: readonly Order[]): Promise<Submission[]> {
    const now = this.clock.now();
    const rows = orders.flatMap(({ effects, awaited }) =>
      effects.map((fresh) => {
        const effect = born(fresh, now, this.ids);
        return { effect, lease: this.leaseOf(effect, awaited) };
      }),
    );
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

  private leaseOf(effect: Effect, awaited: boolean): Lease | Unleased {
    const { notBefore = effect.createdAt } = effect;
    if (awaited || this.held.size < this.settings.get(outboxConfig.inFlight)) return this.leases.lease(notBefore);
    this.left.add(effect);
    return { by: null, until: notBefore };
  }

  private begin(effect: Effect, until: number): void {
    this.held.take(effect, until);
    const { notBefore = 0 } = effect;
    if (notBefore <= this.clock.now()) void this.run(effect);
    else this.held.wait(effect.id, notBefore, () => void this.run(effect));
  }

  /** Comes back by itself when it is due and there is room. */
  private expect(effect: Effect): void {
    const due = effect.nextAttemptAt ?? effect.notBefore ?? effect.createdAt;
    this.held.expect(effect.id, due);
    this.alarms.set(due);
  }

  private async run(effect: Effect): Promise<Effect> {
    if (!this.held.begin(effect.id)) {
      this.held.drop(effect.id);
      return effect;
    }
    const leave = this.underWay.enter();
    const outcome = await this.attempts.attempt({ ...effect, attempts: effect.attempts + 1 });
    const after = concluded(effect, outcome, this.clock.now());
    await this.ending.add(after).catch((error: unknown) => this.noteLater(after, error));
    this.held.drop(effect.id);
    if (after.state === 'pending') this.expect(after);
    else this.attempts.conclude(after);
    leave();
    if (this.crowded && this.held.size < this.settings.get(outboxConfig.inFlight) / 2) this.alarms.set(0);
    return after;
  }

  /** The database is gone: what was done is noted when it is back, so that it is not done again. */
  private async noteLater(after: Effect, error: unknown): Promise<void> {
    this.log.warn(`The end of effect ${after.id} is noted later: ${messageOf(error)}`);
    for (let noted = false; !noted && !this.underWay.closed;) {
      await this.clock.sleep(this.settings.get(outboxConfig.scanMs));
      noted = await this.ending.add(after).then(
        () => true,
        () => false,
      );
    }
  }

  private async note(ends: readonly Effect[]): Promise<undefined[]> {
    await effectsTable.conclude(this.source, ends, this.leases.owner);
    return ends.map(() => undefined);
  }

  /** Attempts under way get their time; everything else goes back to whoever looks next. */
  private async drain(): Promise<void> {
    this.alarms.close();
    await this.underWay.close(this.settings.get(outboxConfig.drainMs), this.clock);
    const { begun, waiting } = this.held.dropAll();
    await effectsTable.release(this.source, { begun, waiting }, this.leases.owner, this.clock.now());
  }
}
