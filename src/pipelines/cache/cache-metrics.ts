import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Counter, Gauge } from 'prom-client';
import { Bus } from '../../events/index.js';
import { Clock } from '../../platform/clock/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { pipelinesRefreshed } from '../pipelines.facts.js';
import { pipelinesMetrics } from '../pipelines.metrics.js';
import { PipelineCache } from './pipeline-cache.js';

/** Shows what the cache holds and how old it is. */
@Injectable()
export class CacheMetrics implements OnModuleInit {
  constructor(
    private readonly bus: Bus,
    private readonly cache: PipelineCache,
    private readonly clock: Clock,
    @Inject(metricToken(pipelinesMetrics.front50Requests)) private readonly loads: Counter,
    @Inject(metricToken(pipelinesMetrics.front50LastPoll)) private readonly lastPoll: Gauge,
    @Inject(metricToken(pipelinesMetrics.pipelines)) private readonly pipelines: Gauge,
    @Inject(metricToken(pipelinesMetrics.skippedPipelines)) private readonly skipped: Gauge,
  ) {}

  onModuleInit(): void {
    const age = (): number => this.ageSeconds();
    Object.assign(this.lastPoll, { collect: () => this.lastPoll.set(age()) });
    this.bus.subscribe(pipelinesRefreshed, 'pipeline metrics', ({ snapshot, before }) => {
      // A single pipeline that was taken over leaves the time of the last load as it was.
      if (snapshot.loadedAt !== before?.loadedAt) this.loads.inc();
      this.pipelines.set(snapshot.pipelines.length);
      this.skipped.set(snapshot.skipped.length);
    });
  }

  private ageSeconds(): number {
    const snapshot = this.cache.snapshot();
    return snapshot ? Math.floor((this.clock.now() - snapshot.loadedAt) / 1000) : -1;
  }
}
