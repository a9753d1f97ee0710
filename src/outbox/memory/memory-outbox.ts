import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Gauge } from 'prom-client';
import { keepNewest } from '../../platform/bounded/index.js';
import { AgedOut, Pressure } from '../../events/index.js';
import { Clock } from '../../platform/clock/index.js';
import { UlidSource } from '../../platform/ids/index.js';
import { Drain, Shutdown } from '../../platform/lifecycle/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { Settings } from '../../platform/settings/index.js';
import { born, keyOf } from '../birth.js';
import { concluded } from '../conclude.js';
import { EffectAttempts, MOST_PREPARED } from '../effect-attempt.js';
import type { Effect, NewEffect } from '../effect.js';
import { type EffectFilter, isMeant } from '../effect-filter.js';
import { outboxConfig } from '../outbox.config.js';
import { outboxMetrics } from '../outbox.metrics.js';
import { Outbox, type Submission } from '../outbox.js';
import type { DecidedOutcome } from '../retry.js';

/**
 * The outbox of one instance without a database. Effects live until they are done or dead; of those that have ended
 * the latest are remembered. At shutdown attempts under way are waited for; those that wait for a retry are lost, and
 * said so: that is what SQL mode is for.
 */
@Injectable()
export class MemoryOutbox extends Outbox implements OnModuleInit {
  private readonly ids = new UlidSource();
  private readonly log = new Logger('Outbox');
  private readonly pending = new Map<string, Effect>();
  private readonly finished = new Map<string, Effect>();
  private readonly underWay = new Drain();
  private readonly waiting = new Map<string, () => void>();
  private readonly remembered: number;
  /** Effects that the shutdown kept from beginning. */
  private lost = 0;

  constructor(
    private readonly attempts: EffectAttempts,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
    private readonly pressure: Pressure,
    private readonly agedOut: AgedOut,
    @Inject(metricToken(outboxMetrics.depth)) depth: Gauge,
  ) {
    super();
    this.remembered = settings.get(outboxConfig.remembered);
    const read = (): number => this.depth();
    Object.assign(depth, { collect: () => depth.set(read()) });
  }

  onModuleInit(): void {
    this.shutdown.register('outbox', (limitMs) => this.drain(limitMs));
    const capacity = this.settings.get(outboxConfig.capacity);
    this.pressure.add(() =>
      this.pending.size >= capacity ? `The outbox is full (${capacity} effects unfinished)` : undefined,
    );
  }

  submit(effects: readonly NewEffect[]): Promise<Submission[]> {
    return Promise.resolve(effects.map((effect) => this.submitOne(effect)));
  }

  async perform(fresh: NewEffect): Promise<Submission> {
    const written = this.write(fresh);
    if (written.kind === 'duplicate' || written.effect.state !== 'pending') return written;
    return { kind: 'accepted', effect: await this.attempt(written.effect, true) };
  }

  depth(): number {
    return this.underWay.size + this.waiting.size;
  }

  isBusy(kind: string): boolean {
    return this.attempts.isBusy(kind);
  }

  known(kind: string, keys: readonly string[]): Promise<Effect[]> {
    const found = keys.map((key) => this.pending.get(keyOf({ kind, key })) ?? this.finished.get(keyOf({ kind, key })));
    return Promise.resolve(found.filter((effect) => effect !== undefined));
  }

  find(id: string): Promise<Effect | undefined> {
    return Promise.resolve(this.all().find((effect) => effect.id === id));
  }

  list(filter: EffectFilter, limit: number): Promise<Effect[]> {
    const meant = this.all().filter((effect) => isMeant(effect, filter));
    return Promise.resolve(meant.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit));
  }

  async idsOf(filter: EffectFilter, limit: number): Promise<string[]> {
    return (await this.list(filter, limit)).map(({ id }) => id);
  }

  redrive(ids: readonly string[], by: string): Promise<number> {
    const dead = this.deadOf(ids);
    const now = this.clock.now();
    const handled = { did: 'redriven', by, at: now } as const;
    for (const { finishedAt: _finishedAt, nextAttemptAt: _nextAttemptAt, ...effect } of dead) {
      const anew: Effect = { ...effect, state: 'pending', attempts: 0, notBefore: now, handled };
      this.finished.delete(keyOf(anew));
      this.pending.set(keyOf(anew), anew);
      void this.attempt(anew);
    }
    return Promise.resolve(dead.length);
  }

  discard(ids: readonly string[], discarded: string, by: string): Promise<number> {
    const dead = this.deadOf(ids);
    const handled = { did: 'discarded', by, at: this.clock.now() } as const;
    for (const effect of dead) this.finished.set(keyOf(effect), { ...effect, discarded, handled });
    return Promise.resolve(dead.length);
  }

  private all(): Effect[] {
    return [...this.finished.values(), ...this.pending.values()];
  }

  private deadOf(ids: readonly string[]): Effect[] {
    const wanted = new Set(ids);
    return this.all().filter((effect) => wanted.has(effect.id) && isMeant(effect, { state: 'dead', discarded: false }));
  }

  private async drain(limitMs: number): Promise<void> {
    for (const cancel of this.waiting.values()) cancel();
    this.attempts.lanes.close();
    const unfinished = await this.underWay.close(limitMs, this.clock);
    const left = unfinished + this.waiting.size + this.lost;
    if (left > 0) this.log.warn(`${left} effects were not finished before the shutdown and are lost.`);
  }

  private submitOne(fresh: NewEffect): Submission {
    const written = this.write(fresh);
    const { effect } = written;
    if (written.kind === 'duplicate' || effect.state !== 'pending') return written;
    const { notBefore } = effect;
    if (notBefore === undefined || notBefore <= effect.createdAt) {
      void this.attempt(effect);
      return written;
    }
    this.wait(effect, notBefore);
    if (this.waiting.size <= MOST_PREPARED) this.attempts.prepare(effect);
    return written;
  }

  private write(fresh: NewEffect): Submission {
    const known = this.pending.get(keyOf(fresh)) ?? this.finished.get(keyOf(fresh));
    if (known) return { kind: 'duplicate', effect: known };
    const effect = born(fresh, this.clock.now(), this.ids);
    if (effect.state === 'suppressed') this.end(effect);
    else this.pending.set(keyOf(effect), effect);
    return { kind: 'accepted', effect };
  }

  private async attempt(effect: Effect, insists = false): Promise<Effect> {
    const leave = this.underWay.enter();
    const end = await this.attempts.attempt({ ...effect, attempts: effect.attempts + 1 }, { insists });
    const after = end.kind === 'not-begun' ? effect : this.conclude(effect, end);
    if (end.kind === 'not-begun') this.lost++;
    leave();
    return after;
  }

  private conclude(effect: Effect, end: DecidedOutcome): Effect {
    const now = this.clock.now();
    const after = concluded(effect, end, now);
    return after.state === 'pending' ? this.wait(after, after.nextAttemptAt ?? now) : this.end(after);
  }

  private wait(effect: Effect, nextAttemptAt: number): Effect {
    const key = keyOf(effect);
    const waiting: Effect = { ...effect, nextAttemptAt };
    this.pending.set(key, waiting);
    const cancel = this.clock.after(nextAttemptAt - this.clock.now(), () => {
      this.waiting.delete(key);
      void this.attempt(waiting);
    });
    this.waiting.set(key, cancel);
    return waiting;
  }

  private end(last: Effect): Effect {
    const key = keyOf(last);
    this.pending.delete(key);
    this.finished.set(key, last);
    this.agedOut.note('effects', keepNewest(this.finished, this.remembered), outboxConfig.remembered);
    this.attempts.conclude(last);
    return last;
  }
}
