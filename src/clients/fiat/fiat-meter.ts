import { Inject, Injectable } from '@nestjs/common';
import type { Counter, Gauge } from 'prom-client';
import { metricToken } from '../../platform/metrics/index.js';
import { fiatMetrics } from './fiat.metrics.js';

/** What is told about one look-up of a user's permissions. */
export interface LookUp {
  readonly cached: boolean;
  readonly success: boolean;
  readonly legacyFallback: boolean;
}

/** Counts how often permissions are looked up, and shows how the client is switched. */
@Injectable()
export class FiatMeter {
  constructor(
    @Inject(metricToken(fiatMetrics.getPermission)) private readonly lookUps: Counter,
    @Inject(metricToken(fiatMetrics.enabled)) private readonly enabled: Gauge,
    @Inject(metricToken(fiatMetrics.legacyFallback)) private readonly fallback: Gauge,
  ) {}

  watch(isEnabled: () => boolean, hasFallback: () => boolean): void {
    Object.assign(this.enabled, { collect: () => this.enabled.set(Number(isEnabled())) });
    Object.assign(this.fallback, { collect: () => this.fallback.set(Number(hasFallback())) });
  }

  /** The original tells of the fallback only where a look-up failed. */
  lookedUp({ cached, success, legacyFallback }: LookUp): void {
    const tags = { cached: String(cached), success: String(success) };
    this.lookUps.inc(success ? tags : { ...tags, legacyFallback: String(legacyFallback) });
  }
}
