import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Clock } from '../../platform/clock/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { Settings } from '../../platform/settings/index.js';
import { quietPeriodConfig } from '../pipelines.config.js';
import { pipelinesMetrics } from '../pipelines.metrics.js';

/** What `GET /quietPeriod` answers; times are milliseconds since the epoch, −1 where unset. */
export interface QuietPeriodStatus {
  readonly enabled: boolean;
  readonly inQuietPeriod: boolean;
  readonly startTime: number;
  readonly endTime: number;
}

const UNSET = -1;

function instantOf(iso: string): number {
  const time = iso === '' ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? UNSET : time;
}

/** A span in which triggers of some types are held back (core.md §8). Every value can be changed while running. */
@Injectable()
export class QuietPeriod {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    @Inject(metricToken(pipelinesMetrics.quietPeriodTests)) private readonly tests: Counter,
  ) {}

  status(): QuietPeriodStatus {
    const startTime = instantOf(this.settings.get(quietPeriodConfig.startIso));
    const endTime = instantOf(this.settings.get(quietPeriodConfig.endIso));
    const enabled = this.settings.get(quietPeriodConfig.enabled) && startTime > 0 && endTime > 0;
    const now = this.clock.now();
    const inQuietPeriod = enabled && startTime <= now && now <= endTime;
    this.tests.inc({ result: String(inQuietPeriod) });
    return { enabled, inQuietPeriod, startTime, endTime };
  }

  /** Whether triggers of this type are held back now. */
  suppresses(triggerType: string): boolean {
    if (!this.status().inQuietPeriod) return false;
    const types = this.settings.get(quietPeriodConfig.suppressedTriggerTypes);
    return types.some((type) => type.toLowerCase() === triggerType.toLowerCase());
  }
}
