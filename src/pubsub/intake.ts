import { Injectable, Logger } from '@nestjs/common';
import { type Artifact, artifactsFound } from '../artifacts/index.js';
import { Bus, Inbox } from '../events/index.js';
import { Outbox } from '../outbox/index.js';
import { Clock } from '../platform/clock/index.js';
import { EchoError, messageOf } from '../platform/errors/index.js';
import { newUlid } from '../platform/ids/index.js';
import { NOBODY } from '../platform/request-context/index.js';
import { MessageCounts } from './message-counts.js';
import { PUBSUB, messageEvent, messageKey, type Source } from './message-event.js';
import type { PubsubMessage, Settlement } from './pubsub-system.js';

/** What became of a message. */
export type Admission =
  | { readonly kind: 'accepted' | 'repeated' }
  /** No event can be made of it. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** The inbox did not take it; later it may. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The kind of effect that stands for a message of no use: dead at once, and taken in anew when it is redriven. */
export const MESSAGE = 'message';

/** What such an effect needs. */
export interface MessageEffect {
  readonly system: string;
  readonly subscription: string;
  readonly message: PubsubMessage;
}

/** Makes events of messages, and says when a message may be acknowledged. */
@Injectable()
export class Intake {
  private readonly log = new Logger('Pubsub');

  constructor(
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly counts: MessageCounts,
  ) {}

  /** Takes a message as it was delivered; one of no use goes to the dead effects. Never rejects. */
  async take(source: Source, message: PubsubMessage): Promise<Settlement> {
    const admission = await this.admit(source, message);
    if (admission.kind === 'unusable') return this.bury(source, message, admission.reason);
    return admission.kind === 'refused' ? this.refuse(source, admission.reason) : { kind: 'taken' };
  }

  /** Gives the events of a message to the inbox. Never rejects. */
  async admit(source: Source, message: PubsubMessage): Promise<Admission> {
    let artifacts: readonly Artifact[];
    try {
      artifacts = (await source.subscription.artifacts?.read(message.payload)) ?? [];
    } catch (error) {
      return { kind: 'unusable', reason: messageOf(error) };
    }
    try {
      return await this.accept(source, message, artifacts);
    } catch (error) {
      const isFinal = error instanceof EchoError && error.status < 500;
      return { kind: isFinal ? 'unusable' : 'refused', reason: messageOf(error) };
    }
  }

  private async accept(source: Source, message: PubsubMessage, artifacts: readonly Artifact[]): Promise<Admission> {
    const key = messageKey(source, message);
    let repeated = false;
    for (const type of [PUBSUB, ...(source.subscription.alsoAs ?? [])]) {
      const event = messageEvent(type, source, message, usable(artifacts), this.clock.now());
      const incoming = { event, identity: NOBODY, ...(key !== undefined && { dedupeKey: `${type}:${key}` }) };
      const received = await this.inbox.accept(incoming);
      if (type === PUBSUB) repeated = received.repeated ?? false;
    }
    this.counts.add(repeated ? 'duplicates' : 'processed', source);
    if (!repeated && artifacts.length > 0 && source.subscription.artifacts?.isTemplate) {
      this.bus.publish(artifactsFound, { artifacts });
    }
    return { kind: repeated ? 'repeated' : 'accepted' };
  }

  private async bury(source: Source, message: PubsubMessage, reason: string): Promise<Settlement> {
    const { system, subscription } = source;
    const payload: MessageEffect = { system, subscription: subscription.name, message };
    const key = messageKey(source, message) ?? newUlid(this.clock.now());
    try {
      await this.outbox.submit([{ kind: MESSAGE, key, payload, identity: NOBODY, cause: {} }]);
    } catch (error) {
      return this.refuse(source, messageOf(error));
    }
    this.counts.add('dead', source);
    this.log.warn(`A message of ${system} subscription '${subscription.name}' is of no use: ${reason}`);
    return { kind: 'taken' };
  }

  private refuse(source: Source, reason: string): Settlement {
    this.counts.add('refused', source);
    this.log.warn(`A message of ${source.system} subscription '${source.subscription.name}' is given back: ${reason}`);
    return { kind: 'refused', reason };
  }
}

/** All artifacts of a message are dropped when the first has no reference, as in the original (edges.md §5.2). */
const usable = (artifacts: readonly Artifact[]): readonly Artifact[] => (artifacts[0]?.reference ? artifacts : []);
