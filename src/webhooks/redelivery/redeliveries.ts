import { Inject, Logger, type OnModuleInit } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Bus, type EchoEvent, EchoEventListener, type EventListener, type ReceivedEvent } from '../../events/index.js';
import { Clock } from '../../platform/clock/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { Deferred } from '../../platform/lifecycle/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { Settings } from '../../platform/settings/index.js';
import type { Headers } from '../../platform/signatures/index.js';
import { type Decision, type EventDecided, eventDecided } from '../../pipelines/index.js';
import { webhooksConfig } from '../webhooks.config.js';
import { webhooksMetrics } from '../webhooks.metrics.js';
import { Deliveries, type Delivery } from './deliveries.js';

/** An event that was taken for the first delivery of something. */
export interface Taken {
  readonly inboxId: string;
  readonly eventId: string | null;
}

export type DeliveryOutcome<T> =
  | { readonly kind: 'taken'; readonly taken: T }
  /** The first delivery had started pipelines, so this one is not taken. */
  | { readonly kind: 'repeated'; readonly first: Delivery };

/** A delivery about which nothing is decided yet. */
interface Undecided extends Taken {
  readonly key: string;
  readonly decided: Deferred<Delivery | undefined>;
}

/** The private header in which an event keeps the key of its delivery, whichever instance decides about it. */
const KEY_HEADER = 'x-echo-delivery';

/**
 * Drops what a host delivers again, but only where the first delivery had started pipelines: people press "Redeliver"
 * after they have mended a trigger. A repetition that comes while the first is at work waits for its decision.
 */
@EchoEventListener({ name: 'webhook-redeliveries' })
export class Redeliveries implements OnModuleInit, EventListener {
  private readonly log = new Logger('Webhooks');
  /** The latest delivery of each key that is at work on this instance. */
  private readonly latest = new Map<string, Deferred<Delivery | undefined>>();
  /** By inbox id. */
  private readonly undecided = new Map<string, Undecided>();

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly deliveries: Deliveries,
    @Inject(metricToken(webhooksMetrics.repeated)) private readonly repeated: Counter,
  ) {}

  onModuleInit(): void {
    this.bus.subscribe(eventDecided, 'webhook redeliveries', (decided) => this.decided(decided));
  }

  /** An event whose instance is gone is decided here: its delivery is one of this instance from now on. */
  processEvent({ eventId }: EchoEvent, { inboxId, privateHeaders }: ReceivedEvent): void {
    const [key] = privateHeaders?.[KEY_HEADER] ?? [];
    if (key === undefined || this.undecided.has(inboxId)) return;
    const decided = new Deferred<Delivery | undefined>();
    this.latest.set(key, decided);
    this.undecided.set(inboxId, { inboxId, eventId, key, decided });
  }

  /**
   * Takes what was delivered, unless it is the repetition of a delivery that had started pipelines.
   *
   * @param take is given the private headers that the event has to keep
   */
  async unlessRepeated<T extends Taken>(
    key: string,
    take: (headers: Headers) => Promise<T>,
  ): Promise<DeliveryOutcome<T>> {
    const before = this.latest.get(key);
    const decided = new Deferred<Delivery | undefined>();
    this.latest.set(key, decided);
    try {
      const first = (await this.outcomeOf(before)) ?? (await this.deliveries.find(key, this.since()));
      if (first) return this.drop(first, decided);
      const taken = await take({ [KEY_HEADER]: [key] });
      this.undecided.set(taken.inboxId, { ...taken, key, decided });
      return { kind: 'taken', taken };
    } catch (error) {
      this.settle(key, decided, undefined);
      throw error;
    }
  }

  private drop(first: Delivery, decided: Deferred<Delivery | undefined>): { kind: 'repeated'; first: Delivery } {
    this.settle(first.key, decided, first);
    this.repeated.inc();
    return { kind: 'repeated', first };
  }

  /** Who waits longer than for an explanation goes on as if nothing had started. */
  private async outcomeOf(before: Deferred<Delivery | undefined> | undefined): Promise<Delivery | undefined> {
    if (!before) return undefined;
    const late = new Deferred<undefined>();
    const cancel = this.clock.after(this.settings.get(webhooksConfig.explainTimeoutMs), () => late.resolve(undefined));
    const outcome = await Promise.race([before.promise, late.promise]);
    cancel();
    return outcome;
  }

  private async decided({ inboxId, eventId, decisions }: EventDecided): Promise<void> {
    const delivery = this.undecided.get(inboxId);
    if (!delivery) return;
    this.undecided.delete(inboxId);
    const { key, decided } = delivery;
    const starts = decisions.flatMap(startsOf);
    if (starts.length === 0) return this.settle(key, decided, undefined);
    const first = {
      key,
      eventId,
      executionIds: starts.flatMap(({ executionId }) => executionId ?? []),
      at: this.clock.now(),
    };
    try {
      await this.deliveries.remember(first, this.since());
    } catch (error) {
      this.log.warn({ message: `A delivery cannot be remembered: ${messageOf(error)}`, inboxId });
    }
    this.settle(key, decided, first);
  }

  private settle(key: string, decided: Deferred<Delivery | undefined>, outcome: Delivery | undefined): void {
    if (this.latest.get(key) === decided) this.latest.delete(key);
    decided.resolve(outcome);
  }

  private since(): number {
    return this.clock.now() - this.settings.get(webhooksConfig.redeliveryWindowMs);
  }
}

/** A start that an interrupted try had made already counts as well. */
const startsOf = (decision: Decision): readonly { readonly executionId?: string }[] =>
  decision.kind === 'matched' && (decision.start.kind === 'submitted' || decision.start.kind === 'duplicate')
    ? [decision.start]
    : [];
