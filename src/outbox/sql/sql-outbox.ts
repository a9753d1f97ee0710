import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { Batcher, Leases, type Transaction, forSender, patiently, pooled } from '../../platform/database/index.js';
import { JobRunner, Shutdown } from '../../platform/lifecycle/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { Settings } from '../../platform/settings/index.js';
import { EffectAttempts } from '../effect-attempt.js';
import type { Effect, NewEffect } from '../effect.js';
import type { EffectFilter } from '../effect-filter.js';
import { outboxConfig } from '../outbox.config.js';
import { outboxMetrics } from '../outbox.metrics.js';
import type { Submission } from '../outbox.js';
import { TransactionalOutbox } from '../transactional-outbox.js';
import { Alarms } from './alarms.js';
import { Claims } from './claims.js';
import { EffectRuns, type OutboxParts } from './effect-runs.js';
import { EffectWriter, type Order } from './effect-writer.js';
import { effectsHistory } from './effects-history.js';
import { effectsTable } from './effects-table.js';
import { HeldEffects } from './held-effects.js';
import { outboxRetention } from './outbox-retention.js';

const ROUNDS = { atOnce: 4, most: 500, paceMs: 5 };

/**
 * The outbox in PostgreSQL. An effect is leased at birth by the instance that wrote it and attempted at once; one whose
 * lease ran out, or whose next attempt is due, is claimed by whoever looks first. What waits for a retry, and what is
 * more than an instance can have under way, is not in memory.
 */
@Injectable()
export class SqlOutbox extends TransactionalOutbox implements OnModuleInit, OnApplicationBootstrap {
  private readonly source: Transaction;
  private readonly parts: OutboxParts;
  private readonly alarms: Alarms;
  private readonly runs: EffectRuns;
  private readonly claims: Claims;
  private readonly writer: EffectWriter;
  private readonly submitting: Batcher<Order, Submission[]>;

  constructor(
    private readonly attempts: EffectAttempts,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
    private readonly jobs: JobRunner,
    @InjectDataSource() source: DataSource,
    @Inject(metricToken(outboxMetrics.depth)) depth: Gauge,
  ) {
    super();
    this.source = pooled(source);
    const leases = new Leases(clock, () => settings.get(outboxConfig.leaseMs));
    this.parts = { attempts, held: new HeldEffects(clock, leases), leases, clock, source: this.source };
    this.alarms = new Alarms(clock, () => this.takeOver());
    this.runs = new EffectRuns(this.parts, {
      waits: (until) => this.alarms.set(until),
      ended: (effect) => {
        if (this.claims.isRoomFor(effect)) this.alarms.set(0);
      },
    });
    this.claims = new Claims(this.parts, this.runs, settings);
    this.writer = new EffectWriter(attempts, leases, clock, settings, () => this.claims.room() > 0);
    this.submitting = new Batcher((orders) => this.writeAll(orders), ROUNDS);
    const read = (): number => this.depth();
    Object.assign(depth, { collect: () => depth.set(read()) });
  }

  onModuleInit(): void {
    this.shutdown.register('outbox', (limitMs) => this.drain(limitMs));
  }

  onApplicationBootstrap(): void {
    const { source, settings, clock } = this;
    const { leases } = this.parts;
    this.jobs.start({
      name: 'outbox.takeover',
      description: 'Takes over effects that are due or whose instance is gone',
      intervalMs: () => settings.get(outboxConfig.scanMs),
      run: () => leases.watch(() => this.takeOver()),
    });
    this.jobs.start({
      name: 'outbox.leases',
      description: 'Renews the leases of effects under way',
      intervalMs: () => settings.get(outboxConfig.leaseMs) / 3,
      run: () => leases.watch(() => this.runs.renew()),
    });
    this.jobs.start(outboxRetention(source, settings, clock, () => this.attempts.ledgerKinds()));
  }

  /** While the database is away it waits: what an accepted event brings about is not given up. */
  async submit(effects: readonly NewEffect[]): Promise<Submission[]> {
    if (effects.length === 0) return [];
    const order = { effects: this.writer.bear(effects), awaited: false };
    const written = await patiently(
      this.clock,
      () => this.submitting.add(order),
      () => !this.runs.closed,
    );
    this.adopt(written);
    return written;
  }

  async perform(fresh: NewEffect): Promise<Submission> {
    const [written] = await this.submitting
      .add({ effects: this.writer.bear([fresh]), awaited: true })
      .catch((error: unknown) => {
        throw forSender(error);
      });
    if (!written) throw new Error('An effect was written and not answered.');
    if (written.kind === 'duplicate' || written.effect.state !== 'pending') return written;
    this.parts.held.take(written.effect, this.writer.leaseOf(written.effect).until);
    return { kind: 'accepted', effect: await this.runs.run(written.effect, true) };
  }

  write(transaction: Transaction, effects: readonly NewEffect[]): Promise<Submission[]> {
    return this.writer.write(transaction, [{ effects: this.writer.bear(effects), awaited: false }]);
  }

  adopt(written: readonly Submission[]): void {
    for (const { kind, effect } of written) {
      if (kind === 'duplicate') continue;
      const leftUntil = this.writer.leftUntil(effect);
      if (effect.state !== 'pending') this.attempts.conclude(effect);
      else if (leftUntil !== undefined) this.runs.expect(effect, leftUntil);
      else this.runs.begin(effect, this.writer.leaseOf(effect).until);
    }
  }

  depth(): number {
    return this.parts.held.depth;
  }

  isBusy(kind: string): boolean {
    return this.attempts.isBusy(kind);
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

  idsOf(filter: EffectFilter, limit: number): Promise<string[]> {
    return effectsHistory.ids(this.source, filter, limit);
  }

  async redrive(ids: readonly string[], by: string): Promise<number> {
    const redriven = await effectsHistory.redrive(this.source, ids, { did: 'redriven', by, at: this.clock.now() });
    this.alarms.set(0);
    return redriven;
  }

  discard(ids: readonly string[], reason: string, by: string): Promise<number> {
    return effectsHistory.discard(this.source, ids, reason, { did: 'discarded', by, at: this.clock.now() });
  }

  /** Claims what is due, as long as there is more and room for it. */
  takeOver(): Promise<void> {
    return this.claims.take();
  }

  private async writeAll(orders: readonly Order[]): Promise<Submission[][]> {
    const written = await this.writer.write(this.source, orders);
    let from = 0;
    return orders.map(({ effects: { length } }) => written.slice(from, (from += length)));
  }

  private async drain(limitMs: number): Promise<void> {
    this.alarms.close();
    await this.runs.drain(limitMs);
  }
}
