import { Inject } from '@nestjs/common';
import type { Counter } from 'prom-client';
import {
  type Destination,
  type Effect,
  type EffectPerformer,
  type Outcome,
  PUBLISH,
  PerformsEffects,
  type PublishEffect,
} from '../outbox/index.js';
import { EchoError, messageOf } from '../platform/errors/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { pubsubMetrics } from './pubsub.metrics.js';
import { type Outlet, Systems } from './systems.js';

const MINUTE = 60_000;

/** Brings publications to their topics. */
@PerformsEffects({ name: PUBLISH, retry: { attempts: 10, firstMs: 1000, factor: 3, maxMs: 10 * MINUTE } })
export class PublishPerformer implements EffectPerformer<PublishEffect> {
  constructor(
    private readonly systems: Systems,
    @Inject(metricToken(pubsubMetrics.published)) private readonly published: Counter,
  ) {}

  destinationOf({ payload: { system = '', publisher } }: Effect<PublishEffect>): Destination {
    return { name: `${system}/${publisher.toLowerCase()}`, concurrency: 100 };
  }

  async attempt({ payload }: Effect<PublishEffect>): Promise<Outcome<PublishEffect>> {
    const outlets = this.systems.outletsNamed(payload.publisher).filter(isMeantBy(payload));
    if (outlets.length === 0) return { kind: 'dead', error: `There is no ${describe(payload)}.` };
    try {
      await Promise.all(outlets.map((outlet) => this.publish(outlet, payload)));
      return { kind: 'done' };
    } catch (error) {
      const isFinal = error instanceof EchoError && !error.retryable;
      return { kind: isFinal ? 'dead' : 'retry', error: messageOf(error) };
    }
  }

  private async publish({ system, publisher }: Outlet, { data, attributes }: PublishEffect): Promise<void> {
    await publisher.publish({ data, attributes });
    this.published.inc({ publisher: publisher.name, pubsubSystem: system });
  }
}

const isMeantBy =
  ({ system, content }: PublishEffect) =>
  (outlet: Outlet): boolean =>
    (system ?? outlet.system) === outlet.system && (content ?? outlet.publisher.content) === outlet.publisher.content;

const describe = ({ system, publisher, content }: PublishEffect): string =>
  [system, `publisher '${publisher}'`, content && `for ${content}`].filter(Boolean).join(' ');
