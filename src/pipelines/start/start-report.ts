import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Bus } from '../../events/index.js';
import type { Effect } from '../../outbox/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { HEADER } from '../../platform/request-context/index.js';
import { titleOf } from '../model/pipeline.js';
import { startFinished } from '../pipelines.facts.js';
import { pipelinesMetrics } from '../pipelines.metrics.js';
import type { StartPayload } from './start-payload.js';
import { startLabels } from './start-labels.js';
import type { Refusal } from './suppression.js';

/** Why a try of a start failed. */
export interface StartFailure {
  /** For the metric tag `exception`. */
  readonly code: string;
  readonly error: string;
  /** No further try can succeed. */
  readonly final: boolean;
  /** Orca may have taken it all the same. */
  readonly unclear?: boolean;
}

/** Counts, logs and publishes how starts end. */
@Injectable()
export class StartReport {
  private readonly log = new Logger('Starter');

  constructor(
    private readonly bus: Bus,
    @Inject(metricToken(pipelinesMetrics.triggerSuccess)) private readonly successes: Counter,
    @Inject(metricToken(pipelinesMetrics.triggerErrors)) private readonly triggerErrors: Counter,
    @Inject(metricToken(pipelinesMetrics.orcaErrors)) private readonly orcaErrors: Counter,
    @Inject(metricToken(pipelinesMetrics.triggerRetries)) private readonly retries: Counter,
    @Inject(metricToken(pipelinesMetrics.orcaRequests)) private readonly requests: Counter,
    @Inject(metricToken(pipelinesMetrics.triggerDisabled)) private readonly disabled: Counter,
  ) {}

  requested(): void {
    this.requests.inc();
  }

  /** A start that is recorded and does not go out. */
  suppressed(start: Pick<StartPayload, 'pipeline' | 'source'>, { kind, by }: Refusal, context: object): void {
    if (kind === 'switched-off') this.disabled.inc(startLabels(start));
    this.log.log({ message: `Start of ${titleOf(start.pipeline)} suppressed: ${by}`, ...context });
  }

  retried(): void {
    this.retries.inc();
  }

  started(effect: Effect<StartPayload>, ref: string): void {
    this.successes.inc(startLabels(effect.payload));
    this.log.log({ message: `Started ${titleOf(effect.payload.pipeline)}: ${ref}`, ...this.context(effect) });
    this.bus.publish(startFinished, { kind: 'started', effect, ref });
  }

  failed(effect: Effect<StartPayload>, { code, error }: StartFailure): void {
    const labels = { exception: code, ...startLabels(effect.payload) };
    this.triggerErrors.inc(labels);
    this.orcaErrors.inc(labels);
    this.log.error({
      message: `Could not start ${titleOf(effect.payload.pipeline)} in ${effect.payload.posts} tries: ${error}`,
      ...this.context(effect),
    });
    this.bus.publish(startFinished, { kind: 'failed', effect, error });
  }

  private context(effect: Effect<StartPayload>): object {
    return { effectId: effect.id, requestId: effect.identity.headers[HEADER.requestId], ...effect.cause };
  }
}
