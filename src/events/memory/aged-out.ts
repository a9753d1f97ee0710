import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { metricToken } from '../../platform/metrics/index.js';
import { eventsMetrics } from '../events.metrics.js';

/** What memory mode remembers of what is over. */
export type History = 'events' | 'effects' | 'decisions';

/** Counts what memory mode forgets of the past for want of room, and says so when that begins. */
@Injectable()
export class AgedOut {
  private readonly log = new Logger('Memory');
  private readonly told = new Set<History>();

  constructor(@Inject(metricToken(eventsMetrics.agedOut)) private readonly counter: Counter) {}

  /** @param bound the setting that says how much room there is */
  note(history: History, count: number, bound: { readonly key: string }): void {
    if (count === 0) return;
    this.counter.inc({ history }, count);
    if (this.told.has(history)) return;
    this.told.add(history);
    this.log.log(
      `There is no more room for ${history} that are over (${bound.key}): from now on the oldest are forgotten.`,
    );
  }
}
