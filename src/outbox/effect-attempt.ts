import { Inject, Injectable, Logger, type OnModuleInit, Optional } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Counter } from 'prom-client';
import { Bus } from '../events/index.js';
import { Clock } from '../platform/clock/index.js';
import { messageOf } from '../platform/errors/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { NoTracer, type SpanEnd, type SpanOptions, Tracer } from '../platform/tracing/index.js';
import type { Effect, Outcome } from './effect.js';
import { Lanes } from './lanes/lanes.js';
import { effectDead } from './outbox.facts.js';
import { outboxMetrics } from './outbox.metrics.js';
import { type Destination, type EffectPerformer, type RetryPolicy, effectPerformers } from './performer.js';
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

const endOf = (outcome: Outcome): SpanEnd => ({
  facts: { 'echo.effect.outcome': outcome.kind },
  ...(outcome.kind !== 'done' && { error: outcome.error }),
});

/** How an attempt ends, be it before it began. */
export type AttemptEnd =
  | DecidedOutcome
  /** It was not ours any more when its turn came, or the service stops. */
  | { readonly kind: 'not-begun' };

export interface AttemptOptions {
  /** Called when the turn has come; says whether the effect is still ours to do. */
  readonly begin?: () => boolean;
  /** Whether it still is, at any time after. */
  readonly isOurs?: () => boolean;
  /** Somebody waits for the outcome: a destination at rest is tried all the same. */
  readonly insists?: boolean;
}

/** What is made ready for attempts takes memory: an outbox that has more effects than this leaves it to the attempt. */
export const MOST_PREPARED = 1000;

const always = (): boolean => true;

interface Known {
  readonly performer: EffectPerformer;
  readonly retry?: RetryPolicy;
  readonly ledger: boolean;
}

/** Attempts effects and tells of their end; which effect is due, and what is remembered, is the outbox's business. */
@Injectable()
export class EffectAttempts implements OnModuleInit {
  private readonly log = new Logger('Outbox');
  private readonly performers = new Map<string, Known>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly bus: Bus,
    private readonly clock: Clock,
    readonly lanes: Lanes,
    @Inject(metricToken(outboxMetrics.attempts)) private readonly attempts: Counter,
    @Inject(metricToken(outboxMetrics.effects)) private readonly ended: Counter,
    @Optional() private readonly tracer: Tracer = new NoTracer(),
  ) {}

  onModuleInit(): void {
    for (const { options, instance } of effectPerformers.collect(this.discovery)) {
      const { name, retry, ledger = false } = options;
      this.performers.set(name, { performer: instance, ledger, ...(retry && { retry }) });
    }
  }

  /** The kinds that are remembered for longer than others. */
  ledgerKinds(): string[] {
    return [...this.performers].filter(([, { ledger }]) => ledger).map(([kind]) => kind);
  }

  /** Whether a destination of the kind can take no more for now. */
  isBusy(kind: string): boolean {
    return this.lanes.blocked().some((lane) => lane.startsWith(`${kind}/`));
  }

  /** The name of the lane to the effect's destination, unique over all kinds. */
  laneOf(effect: Effect): string {
    return `${effect.kind}/${this.destinationOf(effect).name}`;
  }

  /** Makes ready what the attempt will need of an effect that waits for its instant. */
  prepare(effect: Effect): void {
    this.performers.get(effect.kind)?.performer.prepare?.(effect);
  }

  /** One attempt when its turn has come. */
  async attempt(effect: Effect, options: AttemptOptions = {}): Promise<AttemptEnd> {
    const { begin = always, isOurs = always, insists = false } = options;
    const known = this.performers.get(effect.kind);
    if (!known) return { kind: 'dead', error: `nothing performs effects of kind '${effect.kind}'` };
    const destination = this.destinationOf(effect);
    const turn = await this.lanes.enter(`${effect.kind}/${destination.name}`, destination, insists);
    if (turn.kind === 'closed') return { kind: 'not-begun' };
    if (turn.kind === 'rest') {
      const error = `'${destination.name}' failed too often, or asked to be left in peace, and is for a while`;
      return { kind: 'postponed', afterMs: turn.until - this.clock.now(), error: effect.lastError ?? error };
    }
    if (!begin()) {
      turn.end({ failed: false });
      return { kind: 'not-begun' };
    }
    this.attempts.inc({ kind: effect.kind });
    const outcome = await this.perform(known.performer, effect, isOurs);
    turn.end({ failed: outcome.kind === 'retry', restMs: 'restMs' in outcome ? outcome.restMs : undefined });
    return decided(outcome, effect.attempts, known.retry);
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

  private destinationOf(effect: Effect): Destination {
    try {
      return this.performers.get(effect.kind)?.performer.destinationOf?.(effect) ?? { name: '' };
    } catch (error) {
      // A payload that its performer cannot read: the attempt will say so.
      this.log.warn(`Effect ${effect.id} has no destination: ${messageOf(error)}`);
      return { name: '' };
    }
  }

  private perform(performer: EffectPerformer, effect: Effect, isOurs: () => boolean): Promise<Outcome> {
    const attempt = (traced: Effect): Promise<Outcome> => this.performSafely(performer, traced, isOurs);
    return this.tracer.trace(
      spanOf(effect),
      effect.identity,
      (identity) => attempt(identity === effect.identity ? effect : { ...effect, identity }),
      endOf,
    );
  }

  private async performSafely(performer: EffectPerformer, effect: Effect, isOurs: () => boolean): Promise<Outcome> {
    try {
      return await performer.attempt(effect, isOurs);
    } catch (error) {
      this.log.error({
        message: `Effect '${effect.kind}' failed: ${messageOf(error)}`,
        effectId: effect.id,
        err: error,
      });
      return { kind: 'dead', error: messageOf(error) };
    }
  }
}
