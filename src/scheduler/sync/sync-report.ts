import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Counter, Gauge, Histogram } from 'prom-client';
import { Bus } from '../../events/index.js';
import { type Trigger, titleOf, triggerInvalid } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import type { CronTrigger, UnusableCron } from '../../slots/index.js';
import { schedulerMetrics } from '../scheduler.metrics.js';
import type { SyncCounts } from '../trigger-store.js';
import { SyncGauges } from './sync-gauges.js';

/** Tells how syncs went, and names each trigger that cannot be used once, until somebody edits its pipeline. */
@Injectable()
export class SyncReport implements OnModuleInit {
  private readonly log = new Logger('Scheduler');
  private told = new Set<Trigger>();
  private lastGood: number | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly gauges: SyncGauges,
    @Inject(metricToken(schedulerMetrics.syncErrors)) private readonly errors: Counter,
    @Inject(metricToken(schedulerMetrics.syncTime)) private readonly time: Histogram,
    @Inject(metricToken(schedulerMetrics.syncAge)) private readonly age: Gauge,
  ) {}

  onModuleInit(): void {
    const age = (): number =>
      this.lastGood === undefined ? -1 : Math.floor((this.clock.now() - this.lastGood) / 1000);
    Object.assign(this.age, { collect: () => this.age.set(age()) });
  }

  synced(counts: SyncCounts, unusable: readonly UnusableCron[]): void {
    this.lastGood = this.clock.now();
    this.gauges.show(counts, unusable.length);
    const { added, updated, removed } = counts;
    if (added + updated + removed > 0) {
      this.log.log(`Cron triggers: ${added} added, ${updated} changed, ${removed} removed, ${counts.total} in all.`);
    }
    for (const one of unusable) if (!this.told.has(one.trigger)) this.unusable(one);
    this.told = new Set(unusable.map(({ trigger }) => trigger));
  }

  neverDue({ application, pipelineId, id, cronExpression }: CronTrigger): void {
    const message = `A cron trigger of ${application} will never fire: '${cronExpression}'`;
    this.log.warn({ message, pipelineId, triggerId: id });
  }

  failed(): void {
    this.errors.inc();
  }

  took(ms: number): void {
    this.time.observe(ms / 1000);
  }

  private unusable({ pipeline, trigger, reason }: UnusableCron): void {
    const { application, name, id: pipelineId } = pipeline;
    const message = `A cron trigger of ${titleOf(pipeline)} cannot be used: ${reason}`;
    this.log.error({ message, application, pipelineId, triggerId: trigger.id, cronExpression: trigger.cronExpression });
    this.bus.publish(triggerInvalid, {
      application,
      pipelineName: name,
      pipelineId: pipelineId ?? null,
      triggerId: trigger.id ?? null,
      triggerType: trigger.type ?? null,
      reason,
    });
  }
}
