import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { Batcher, Leases, type Transaction, forSender } from '../../platform/database/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { Drain, JobRunner, Shutdown } from '../../platform/lifecycle/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { Settings } from '../../platform/settings/index.js';
import { concluded } from '../conclude.js';
import { EffectAttempts } from '../effect-attempt.js';
import type { Effect, NewEffect } from '../effect.js';
import type { EffectFilter } from '../effect-filter.js';
import { outboxConfig } from '../outbox.config.js';
import { outboxMetrics } from '../outbox.metrics.js';
import type { Submission } from '../outbox.js';
import { TransactionalOutbox } from '../transactional-outbox.js';
import { Alarms } from './alarms.js';
import { EffectWriter, type Order } from './effect-writer.js';
import { type ClaimLimits, effectsTable } from './effects-table.js';
import { outboxRetention } from './outbox-retention.js';
import { effectsHistory } from './effects-history.js';
import { HeldEffects } from './held-effects.js';

const ROUNDS = 4;
const PER_ROUND = 500;

/** What one look may claim: of one lane, and of all in bytes. */
const PER_LANE = 100;
const BYTES_PER_ROUND = 33_554_432;

/**
 * The outbox in PostgreSQL. An effect is leased at birth by the instance that wrote it and attempted at once; one whose
 * lease ran out, or whose next attempt is due, is claimed by whoever looks first. What waits for a retry, and what is
 * more than an instance can have under way, is not in memory.
 */
@Injectable()
export class SqlOutbox extends TransactionalOutbox implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger('Outbox');
  private readonly held: HeldEffects;
  private readonly leases: Leases;
  private readonly alarms: Alarms;
  private readonly writer: EffectWriter;
  private readonly underWay = new Drain();
  private readonly submitting: Batcher<Order, Submission[]>;
  private readonly ending: Batcher<Effect, undefined>;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  /** Lanes that had no room for all that was due, and whether there was none at all. */
  private crowded: ReadonlySet<string> = new Set();
  private full = false;

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
    this.leases = new Leases(clock, () => settings.get(outboxConfig.leaseMs));
    this.held = new HeldEffects(clock, this.leases);
    this.alarms = new Alarms(clock, () => this.takeOver());
    this.writer = new EffectWriter(attempts, this.leases, clock, settings, () => this.room() > 0);
    this.submitting = new Batcher((orders) => this.writeAll(orders), ROUNDS, PER_ROUND);
    this.ending = new Batcher((ends) => this.note(ends), ROUNDS, PER_ROUND);
    const read = (): number => this.depth();
    Object.assign(depth, { collect: () => depth.set(read()) });
  }

  onModuleInit(): void {
    this.shutdown.register('outbox', () => this.drain());
  }

  onApplicationBootstrap(): void {
    const { source, settings } = this;
    this.jobs.start({
      name: 'outbox.takeover',
      description: 'Takes over effects that are due or whose instance is gone',
      intervalMs: () => settings.get(outboxConfig.scanMs),
      run: () => this.leases.watch(() => this.takeOver()),
    });
    this.jobs.start({
      name: 'outbox.leases',
      description: 'Renews the leases of effects under way',
      intervalMs: () => settings.get(outboxConfig.leaseMs) / 3,
      run: () => this.leases.watch(() => this.renew()),
    });
    this.jobs.start(outboxRetention(source, settings, this.clock));
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
    this.held.take(written.effect, this.writer.leaseOf(written.effect).until);
    return { kind: 'accepted', effect: await this.run(written.effect, true) };
  }

  write(transaction: Transaction, effects: readonly NewEffect[]): Promise<Submission[]> {
    return this.writer.write(transaction, [{ effects, awaited: false }]);
  }

  adopt(written: readonly Submission[]): void {
    for (const { kind, effect } of written) {
      if (kind === 'duplicate') continue;
      if (effect.state !== 'pending') this.attempts.conclude(effect);
      else if (this.writer.isLeft(effect)) this.expect(effect);
      else this.begin(effect, this.writer.leaseOf(effect).until);
    }
  }

  depth(): number {
    return this.held.depth;
  }

  known(kind: string, keys: readonly string[]): Promise<Effect[]> {
    const wanted = keys.map((key) => ({ kind, key }));
    return effectsTable.known(this.source, wanted);
  }

  find(id: string): Promise<Effect | undefined> {
    return effectsHistory.find(this.source, id);
  }

  list(filter: EffectFilter, limit: number): Promise<Effect[]> {
    return effectsHistory.list(this.source, filter, limit);
  }

  async redrive(ids: readonly string[]): Promise<number> {
    const redriven = await effectsHistory.redrive(this.source, ids, this.clock.now());
    this.alarms.set(0);
    return redriven;
  }

  discard(ids: readonly string[], reason: string): Promise<number> {
    return effectsHistory.discard(this.source, ids, reason);
  }

  /** Claims what is due, as long as there is more and room for it. */
  takeOver(): Promise<void> {
    // What fell due after the look under way had its rows would be missed.
    if (this.looking) this.lookAgain = true;
    return (this.looking ??= this.claimAll());
  }

  private async claimAll(): Promise<void> {
    try {
      do {
        this.lookAgain = false;
        await this.claimRounds(this.clock.now());
      } while (this.lookAgain);
    } finally {
      // In the same turn as the last question: nobody can ask in between.
      this.looking = undefined;
    }
  }

  private async claimRounds(began: number): Promise<void> {
    for (;;) {
      const most = Math.min(this.room(), PER_ROUND);
      const blocked = this.attempts.lanes.blocked();
      this.full = most <= 0;
      this.crowded = new Set(blocked);
      if (this.full || this.underWay.closed) return;
      const lease = this.leases.lease();
      const claimed = await effectsTable.claim(this.source, this.limits(most, blocked), lease);
      for (const effect of claimed) if (!this.held.has(effect.id)) this.begin(effect, lease.until);
      if (claimed.length === 0) return this.held.expectNothingBefore(began);
    }
  }

  private limits(most: number, blocked: readonly string[]): ClaimLimits {
    const [now, abandonedBefore] = [this.clock.now(), this.leases.abandonedBefore()];
    return { now, abandonedBefore, most, blocked, mostOfLane: PER_LANE, mostBytes: BYTES_PER_ROUND };
  }

  private room(): number {
    return this.settings.get(outboxConfig.inFlight) - this.held.size;
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
    const written = await this.writer.write(this.source, orders);
    let from = 0;
    return orders.map(({ effects: { length } }) => written.slice(from, (from += length)));
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

  private async run(effect: Effect, insists = false): Promise<Effect> {
    const leave = this.underWay.enter();
    const begin = (): boolean => this.held.begin(effect.id);
    const isOurs = (): boolean => this.held.holds(effect.id);
    const tried = { ...effect, attempts: effect.attempts + 1 };
    const end = await this.attempts.attempt(tried, { begin, isOurs, insists });
    if (end.kind === 'not-begun') {
      // At shutdown it is handed back with the rest; else somebody else has it.
      if (!this.underWay.closed) this.held.drop(effect.id);
      leave();
      return effect;
    }
    const after = concluded(effect, end, this.clock.now());
    await this.ending.add(after).catch((error: unknown) => this.noteLater(after, error));
    this.held.drop(effect.id);
    if (after.state === 'pending') this.expect(after);
    else this.attempts.conclude(after);
    leave();
    this.lookWhereThereIsRoom(effect);
    return after;
  }

  private lookWhereThereIsRoom(effect: Effect): void {
    const lane = this.attempts.laneOf(effect);
    const laneIsFree = this.crowded.has(lane) && this.attempts.lanes.hasRoom(lane);
    if (laneIsFree || (this.full && this.held.size < this.settings.get(outboxConfig.inFlight) / 2)) this.alarms.set(0);
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
    this.attempts.lanes.close();
    await this.underWay.close(this.settings.get(outboxConfig.drainMs), this.clock);
    const { begun, waiting } = this.held.dropAll();
    await effectsTable.release(this.source, { begun, waiting }, this.leases.owner, this.clock.now());
  }
}
