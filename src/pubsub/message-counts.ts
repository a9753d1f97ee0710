import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { metricToken } from '../platform/metrics/index.js';
import type { Source } from './message-event.js';
import { pubsubMetrics } from './pubsub.metrics.js';

/** What can become of a message, as metrics name it. */
export type MessageFate = 'processed' | 'duplicates' | 'refused' | 'dead';

/** Counts messages by what became of them. */
@Injectable()
export class MessageCounts {
  private readonly counters: Readonly<Record<MessageFate, Counter>>;

  constructor(
    @Inject(metricToken(pubsubMetrics.processed)) processed: Counter,
    @Inject(metricToken(pubsubMetrics.duplicates)) duplicates: Counter,
    @Inject(metricToken(pubsubMetrics.refused)) refused: Counter,
    @Inject(metricToken(pubsubMetrics.dead)) dead: Counter,
  ) {
    this.counters = { processed, duplicates, refused, dead };
  }

  add(fate: MessageFate, { system, subscription }: Source): void {
    this.counters[fate].inc({ subscription: subscription.name, pubsubSystem: system });
  }
}
