import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Gauge } from 'prom-client';
import { Clock } from '../../platform/clock/index.js';
import { newUlid } from '../../platform/ids/index.js';
import { Drain, Shutdown } from '../../platform/lifecycle/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { Settings } from '../../platform/settings/index.js';
import { EffectAttempts } from '../effect-attempt.js';
import type { Effect, NewEffect, Outcome } from '../effect.js';
import { outboxConfig } from '../outbox.config.js';
import { outboxMetrics } from '../outbox.metrics.js';
import { Outbox, type Submission } from '../outbox.js';

const keyOf = ({ kind, key }: NewEffect): string => `${kind}\n${key}`;

/**
 * The outbox of one instance without a database. Effects live until they are done or dead; of those that have ended
 * the latest are remembered. At shutdown attempts under way are waited for; those that wait for a retry are lost, and
 * said so: that is what SQL mode is for.
 */
@Injectable()
export class MemoryOutbox extends Outbox implements OnModuleInit {
  private readonly log = new Logger('Outbox');
  private readonly pending = new Map<string, Effect>();
  private readonly finished = new Map<string, Effect>();
  private readonly underWay = new Drain();
  private readonly waiting = new Map<string, () => void>();
  private readonly remembered: number;

  constructor(
    private readonly attempts: EffectAttempts,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
    @Inject(metricToken(outboxMetrics.depth)) depth: Gauge,
  ) {
    super();
    this.remembered = settings.get(outboxConfig.remembered);
    const read = (): number => this.depth();
    Object.assign(depth, { collect: () => depth.set(read()) });
  }

  onModuleInit(): void {
    this.shutdown.register('outbox', () => this.drain());
  }

  submit(effects: readonly NewEffect[]): Promise<Submission[]> {
    return Promise.resolve(effects.map((effect) => this.submitOne(effect)));
  }

  depth(): number {
    return this.underWay.size + this.waiting.size;
  }

  latest(limit: number): Promise<Effect[]> {
    const all = [...this.finished.values(), ...this.pending.values()];
    return Promise.resolve(all.sort((a, b) => b.createdAt - a.createdAt).slice(0, limit));
  }

  private async drain(): Promise<void> {
    for (const cancel of this.waiting.values()) cancel();
    const left = (await this.underWay.close(this.settings.get(outboxConfig.drainMs), this.clock)) + this.waiting.size;
    if (left > 0) this.log.warn(`${left} effects were not finished before the shutdown and are lost.`);
  }

  private submitOne(fresh: NewEffect): Submission {
    const known = this.pending.get(keyOf(fresh)) ?? this.finished.get(keyOf(fresh));
    if (known) return { kind: 'duplicate', effect: known };
    const now = this.clock.now();
    const state = fresh.suppressedBy === undefined ? 'pending' : 'suppressed';
    const effect: Effect = { ...fresh, id: newUlid(now), state, attempts: 0, createdAt: now };
    if (state === 'suppressed') this.end(effect, { state, finishedAt: now });
    else void this.attempt(effect);
    return { kind: 'accepted', effect };
  }

  private async attempt(effect: Effect): Promise<void> {
    const leave = this.underWay.enter();
    this.pending.set(keyOf(effect), effect);
    const tried: Effect = { ...effect, attempts: effect.attempts + 1 };
    this.conclude(tried, await this.attempts.attempt(tried));
    leave();
  }

  private conclude(effect: Effect, outcome: Outcome): void {
    const finishedAt = this.clock.now();
    if (outcome.kind === 'retry') return this.wait(effect, outcome, finishedAt + outcome.afterMs);
    const error = outcome.kind === 'dead' ? { lastError: outcome.error } : {};
    this.end(effect, { state: outcome.kind, finishedAt, ...error });
  }

  private wait(effect: Effect, { afterMs, error, payload }: Outcome & { kind: 'retry' }, nextAttemptAt: number): void {
    const key = keyOf(effect);
    const again: Effect = { ...effect, payload: payload ?? effect.payload, lastError: error, nextAttemptAt };
    this.pending.set(key, again);
    const cancel = this.clock.after(afterMs, () => {
      this.waiting.delete(key);
      void this.attempt(again);
    });
    this.waiting.set(key, cancel);
  }

  /** A map keeps the order of insertion, so the first of the finished is the one to forget. */
  private end(effect: Effect, change: Pick<Effect, 'state' | 'finishedAt' | 'lastError'>): void {
    const key = keyOf(effect);
    const last: Effect = { ...effect, ...change };
    this.pending.delete(key);
    this.finished.set(key, last);
    const oldest = this.finished.keys().next();
    if (this.finished.size > this.remembered && !oldest.done) this.finished.delete(oldest.value);
    this.attempts.conclude(last);
  }
}
