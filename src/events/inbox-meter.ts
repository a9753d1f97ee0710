import { Inject, Injectable } from '@nestjs/common';
import type { Counter, Gauge } from 'prom-client';
import { OverloadedError } from '../platform/errors/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { eventsMetrics } from './events.metrics.js';

const RETRY_AFTER_SECONDS = 1;

/** Counts what an inbox takes and refuses, and shows its depth. */
@Injectable()
export class InboxMeter {
  constructor(
    @Inject(metricToken(eventsMetrics.accepted)) private readonly taken: Counter,
    @Inject(metricToken(eventsMetrics.refused)) private readonly refusals: Counter,
    @Inject(metricToken(eventsMetrics.inboxDepth)) private readonly depth: Gauge,
  ) {}

  watch(depth: () => number): void {
    Object.assign(this.depth, { collect: () => this.depth.set(depth()) });
  }

  accepted(): void {
    this.taken.inc();
  }

  /** Counts, and answers what the sender is told. */
  refused(message: string): OverloadedError {
    this.refusals.inc();
    return new OverloadedError(message, RETRY_AFTER_SECONDS);
  }
}
