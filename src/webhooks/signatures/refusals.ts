import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Bus } from '../../events/index.js';
import { Clock } from '../../platform/clock/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { type WebhookRefused, webhookRefused } from '../webhooks.facts.js';
import { webhooksMetrics } from '../webhooks.metrics.js';

const KEPT = 200;

/** A webhook whose sender was not who it should be. */
export type Refusal = WebhookRefused & { readonly at: string };

/** Remembers the latest refusals, tells and counts them: people look here when a hook stops working. */
@Injectable()
export class Refusals {
  private readonly log = new Logger('Webhooks');
  private readonly kept: Refusal[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    @Inject(metricToken(webhooksMetrics.refused)) private readonly counter: Counter,
  ) {}

  record(refused: WebhookRefused): void {
    const { type, source, reason, answered } = refused;
    this.kept.unshift({ at: new Date(this.clock.now()).toISOString(), ...refused });
    this.kept.splice(KEPT);
    this.counter.inc({ source, answered });
    this.log.warn({ message: `Webhook ${type}/${source} ${answered}: ${reason}`, sender: refused.sender });
    this.bus.publish(webhookRefused, refused);
  }

  /** Newest first. */
  latest(): readonly Refusal[] {
    return this.kept;
  }
}
