import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter, Histogram } from 'prom-client';
import { Bus } from '../events/index.js';
import type { StartResult } from '../pipelines/index.js';
import { Clock } from '../platform/clock/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { Settings } from '../platform/settings/index.js';
import { slotMissed } from '../slots/index.js';
import { compensationConfig } from './compensation.config.js';
import { compensationMetrics } from './compensation.metrics.js';
import type { Missed } from './compensation.js';
import type { Judged } from './inspector.js';

/** What one look came to. */
export interface Look {
  readonly restarted: number;
  readonly left: number;
}

/** Counts, logs and publishes what compensation finds and does. */
@Injectable()
export class CompensationReport {
  private readonly log = new Logger('Compensation');

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly settings: Settings,
    @Inject(metricToken(compensationMetrics.misfires)) private readonly misfires: Histogram,
    @Inject(metricToken(compensationMetrics.slots)) private readonly slots: Counter,
  ) {}

  restarted(slot: Missed, result: StartResult): void {
    const { pipeline, trigger, at, verdict } = slot;
    const ceiling = this.clock.now() - this.settings.get(compensationConfig.toleranceMs);
    this.misfires.observe(Math.max(0, ceiling - at) / 1000);
    const outcome = result.kind === 'submitted' ? 'started again' : result.kind;
    this.log.warn({
      message: `${pipeline.application}:${pipeline.name} missed its slot at ${new Date(at).toISOString()} (${verdict.reason}): ${outcome}`,
      pipelineId: trigger.pipelineId,
      triggerId: trigger.id,
    });
    this.bus.publish(slotMissed, { trigger, at, reason: verdict.reason });
  }

  looked(judged: readonly Judged[], { restarted, left }: Look): void {
    for (const { verdict } of judged) this.slots.inc({ verdict: verdict.kind });
    const unclear = judged.filter(({ verdict }) => verdict.kind === 'unclear').length;
    if (restarted + left + unclear === 0) return;
    this.log.warn(
      `Of ${judged.length} slots ${restarted} were missed and are started, ${left} are left to the next look, ` +
        `and of ${unclear} orca could not say what became of them.`,
    );
  }
}
