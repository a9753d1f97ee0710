import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Clock } from '../../platform/clock/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { type Setting, Settings } from '../../platform/settings/index.js';
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

/** `Date.parse` alone takes almost any text with a number in it for a date. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/** `Date.parse` counts 30 February as 2 March. */
const isDay = (date: string): boolean => {
  const start = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(date);
};

function instantOf(iso: string): number {
  const time = INSTANT.test(iso) && isDay(iso.slice(0, 10)) ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(time) ? UNSET : time;
}

/** A span in which triggers of some types are held back (core.md §8). Every value can be changed while running. */
@Injectable()
export class QuietPeriod {
  private readonly log = new Logger(QuietPeriod.name);
  private readonly reported = new Set<string>();

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    @Inject(metricToken(pipelinesMetrics.quietPeriodTests)) private readonly tests: Counter,
  ) {}

  status(): QuietPeriodStatus {
    const startTime = this.instant(quietPeriodConfig.startIso);
    const endTime = this.instant(quietPeriodConfig.endIso);
    const enabled = this.settings.get(quietPeriodConfig.enabled) && startTime > 0 && endTime > 0;
    const now = this.clock.now();
    const inQuietPeriod = enabled && startTime <= now && now <= endTime;
    this.tests.inc({ result: String(inQuietPeriod) });
    return { enabled, inQuietPeriod, startTime, endTime };
  }

  /** Whether triggers of this type are held back now. */
  suppresses(triggerType: string): boolean {
    return this.status().inQuietPeriod && this.holds(triggerType);
  }

  /** Whether triggers of this type are held back while it is quiet. */
  holds(triggerType: string): boolean {
    const types = this.settings.get(quietPeriodConfig.suppressedTriggerTypes);
    return types.some((type) => type.toLowerCase() === triggerType.toLowerCase());
  }

  /** A text that is no instant counts as unset; it is told once, since the period is looked at on every start. */
  private instant(setting: Setting<string>): number {
    const text = this.settings.get(setting);
    const instant = instantOf(text);
    const fault = `${setting.key}: '${text}' is no instant such as 2020-02-09T21:00:00Z, so there is no quiet period`;
    if (instant === UNSET && text !== '' && !this.reported.has(fault)) {
      this.reported.add(fault);
      this.log.warn(fault);
    }
    return instant;
  }
}
