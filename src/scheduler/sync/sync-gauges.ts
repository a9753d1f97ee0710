import { Inject, Injectable } from '@nestjs/common';
import type { Gauge } from 'prom-client';
import { metricToken } from '../../platform/metrics/index.js';
import { schedulerMetrics } from '../scheduler.metrics.js';
import type { SyncCounts } from '../trigger-store.js';

/** The counts of the last sync. */
@Injectable()
export class SyncGauges {
  constructor(
    @Inject(metricToken(schedulerMetrics.triggers)) private readonly triggers: Gauge,
    @Inject(metricToken(schedulerMetrics.added)) private readonly added: Gauge,
    @Inject(metricToken(schedulerMetrics.updated)) private readonly updated: Gauge,
    @Inject(metricToken(schedulerMetrics.removed)) private readonly removed: Gauge,
    @Inject(metricToken(schedulerMetrics.failedRemovals)) private readonly failedRemovals: Gauge,
    @Inject(metricToken(schedulerMetrics.failedUpdates)) private readonly failedUpdates: Gauge,
  ) {}

  show({ total, added, updated, removed }: SyncCounts, unusable: number): void {
    this.triggers.set(total);
    this.added.set(added);
    this.updated.set(updated);
    this.removed.set(removed);
    // A sync is one transaction: it removes all that is stale, or fails as a whole.
    this.failedRemovals.set(0);
    this.failedUpdates.set(unusable);
  }
}
