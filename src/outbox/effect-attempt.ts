import { Inject, Injectable, Logger, type OnModuleInit, Optional } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Counter } from 'prom-client';
import { Bus } from '../events/index.js';
import { messageOf } from '../platform/errors/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { NoTracer, type SpanEnd, type SpanOptions, Tracer } from '../platform/tracing/index.js';
import type { Effect } from './effect.js';
import { effectDead } from './outbox.facts.js';
import { outboxMetrics } from './outbox.metrics.js';
import { type EffectPerformer, type RetryPolicy, effectPerformers } from './performer.js';
import { type DecidedOutcome, decided } from './retry.js';

const spanOf = ({ id, kind, key, attempts, cause }: Effect): SpanOptions => ({
  name: `effect ${kind}`,
  kind: 'producer',
  facts: {
    'echo.effect.id': id,
    'echo.effect.key': key,
    'echo.effect.attempt': attempts,
    'echo.inbox.id': cause.inboxId,
    'echo.event.id': cause.eventId,
  },
});

const endOf = (outcome: DecidedOutcome): SpanEnd => ({
  facts: { 'echo.effect.outcome': outcome.kind },
  ...(outcome.kind !== 'done' && { error: outcome.error }),
});

/** Attempts effects and tells of their end; which effect is due, and what is remembered, is the outbox's business. */
@Injectable()
export class EffectAttempts implements OnModuleInit {
  private readonly log = new Logger('Outbox');
  private readonly performers = new Map<
    string,
    { readonly performer: EffectPerformer; readonly retry?: RetryPolicy }
  >();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly bus: Bus,
    @Inject(metricToken(outboxMetrics.attempts)) private readonly attempts: Counter,
    @Inject(metricToken(outboxMetrics.effects)) private readonly ended: Counter,
    @Optional() private readonly tracer: Tracer = new NoTracer(),
  ) {}

  onModuleInit(): void {
    for (const { options, instance } of effectPerformers.collect(this.discovery)) {
      this.performers.set(options.name, { performer: instance, ...(options.retry && { retry: options.retry }) });
    }
  }

  attempt(effect: Effect): Promise<DecidedOutcome> {
    return this.tracer.trace(
      spanOf(effect),
      effect.identity,
      (identity) => this.perform(identity === effect.identity ? effect : { ...effect, identity }),
      endOf,
    );
  }

  private async perform(effect: Effect): Promise<DecidedOutcome> {
    const known = this.performers.get(effect.kind);
    if (!known) return { kind: 'dead', error: `nothing performs effects of kind '${effect.kind}'` };
    this.attempts.inc({ kind: effect.kind });
    try {
      return decided(await known.performer.attempt(effect), effect.attempts, known.retry);
    } catch (error) {
      this.log.error({
        message: `Effect '${effect.kind}' failed: ${messageOf(error)}`,
        effectId: effect.id,
        err: error,
      });
      return { kind: 'dead', error: messageOf(error) };
    }
  }

  /** Counts an effect that came to its end, and reports it when it is dead. */
  conclude(effect: Effect): void {
    this.ended.inc({ kind: effect.kind, state: effect.state });
    if (effect.state !== 'dead') return;
    this.log.error({
      message: `Effect '${effect.kind}' is dead after ${effect.attempts} attempts: ${effect.lastError ?? ''}`,
      effectId: effect.id,
      ...effect.cause,
    });
    this.bus.publish(effectDead, effect);
  }
}
