import { Inject } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { type Destination, type Effect, type EffectPerformer, type Outcome, PerformsEffects } from '../outbox/index.js';
import { EchoError, messageOf } from '../platform/errors/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { pubsubMetrics } from './pubsub.metrics.js';
import type { Publication } from './pubsub-system.js';
import { type Outlet, Systems } from './systems.js';

/** The kind of effect that brings something to a topic. */
export const PUBLISH = 'publish';

/** What such an effect needs. Whoever wants something published submits one. */
export interface PublishEffect extends Publication {
  readonly system: string;
  readonly publisher: string;
}

const MINUTE = 60_000;

/** Brings publications to their topics. */
@PerformsEffects({ name: PUBLISH, retry: { attempts: 10, firstMs: 1000, factor: 3, maxMs: 10 * MINUTE } })
export class PublishPerformer implements EffectPerformer<PublishEffect> {
  constructor(
    private readonly systems: Systems,
    @Inject(metricToken(pubsubMetrics.published)) private readonly published: Counter,
  ) {}

  destinationOf({ payload }: Effect<PublishEffect>): Destination {
    return { name: `${payload.system}/${payload.publisher}`, concurrency: 100 };
  }

  async attempt({
    payload: { system, publisher, data, attributes },
  }: Effect<PublishEffect>): Promise<Outcome<PublishEffect>> {
    const outlet = this.systems.outletsNamed(publisher).find((one) => one.system === system);
    return outlet
      ? this.publish(outlet, { data, attributes })
      : { kind: 'dead', error: `There is no ${system} publisher '${publisher}'.` };
  }

  private async publish({ system, publisher }: Outlet, publication: Publication): Promise<Outcome<PublishEffect>> {
    try {
      await publisher.publish(publication);
      this.published.inc({ publisher: publisher.name, pubsubSystem: system });
      return { kind: 'done' };
    } catch (error) {
      const isFinal = error instanceof EchoError && !error.retryable;
      return { kind: isFinal ? 'dead' : 'retry', error: messageOf(error) };
    }
  }
}
