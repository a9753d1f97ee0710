import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { Gauge } from 'prom-client';
import { Bus, settingsChanged } from '../events/index.js';
import { Clock } from '../platform/clock/index.js';
import { ContributesHealth, type HealthContributor, type HealthPart } from '../platform/health/index.js';
import { Drain, Shutdown } from '../platform/lifecycle/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { Intake } from './intake.js';
import { pubsubMetrics } from './pubsub.metrics.js';
import { Receiver } from './receiver.js';
import { Systems } from './systems.js';

/** Starts the receivers of all subscriptions, and stops them before the inbox closes. */
@Injectable()
@ContributesHealth({ name: 'pubsub' })
export class Subscriptions implements OnModuleInit, OnApplicationBootstrap, HealthContributor {
  private readonly log = new Logger('Pubsub');
  private readonly running = new Drain();
  private receivers: readonly Receiver[] = [];

  constructor(
    private readonly systems: Systems,
    private readonly intake: Intake,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    @Inject(metricToken(pubsubMetrics.receiving)) receiving: Gauge,
  ) {
    Object.assign(receiving, { collect: () => this.show(receiving) });
  }

  onModuleInit(): void {
    this.shutdown.register('sources', (limitMs) => this.stop(limitMs));
    this.bus.subscribe(settingsChanged, 'pub/sub subscriptions', () => {
      for (const receiver of this.receivers) receiver.reconsider();
    });
  }

  onApplicationBootstrap(): void {
    this.receivers = this.systems.sources.map(
      (source) =>
        new Receiver(source, {
          clock: this.clock,
          isPaused: () => this.systems.isPaused(source.system),
          take: (message) => this.intake.take(source, message),
        }),
    );
    for (const receiver of this.receivers) void receiver.run().finally(this.running.enter());
  }

  /** Always up: that a broker is away is no reason to restart Echo. */
  health(): HealthPart {
    const states = this.receivers.map(({ source, state, lastError }) => [
      `${source.system}/${source.subscription.name}`,
      lastError === undefined ? state : `${state}: ${lastError}`,
    ]);
    return { status: 'UP', details: Object.fromEntries(states) as Record<string, string> };
  }

  private async stop(limitMs: number): Promise<void> {
    for (const receiver of this.receivers) receiver.stop();
    const left = await this.running.close(limitMs, this.clock);
    if (left > 0) this.log.warn(`${left} subscriptions did not end in time: messages of theirs will come again.`);
  }

  private show(receiving: Gauge): void {
    for (const { source, state } of this.receivers) {
      const labels = { subscription: source.subscription.name, pubsubSystem: source.system };
      receiving.set(labels, state === 'receiving' ? 1 : 0);
    }
  }
}
