import { Injectable } from '@nestjs/common';
import type { EchoEvent } from '../../events/index.js';
import { Outbox } from '../../outbox/index.js';
import { Clock } from '../../platform/clock/index.js';
import { InvalidRequestError, messageOf } from '../../platform/errors/index.js';
import { newUlid } from '../../platform/ids/index.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';
import { isoOf } from '../../platform/query/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import { Channels, type NamedChannel } from '../channels.js';
import { NOTIFICATION, type Notification } from '../delivery/notification.js';
import type { DirectNotification } from '../direct/direct-notification.js';
import { type Occasion, occasionOf } from '../events/occasion.js';
import { word } from '../events/phrases.js';
import { isMeantFor, preferencesOf } from '../events/preferences.js';
import type { Address } from '../policies/policies.config.js';
import { sampleEvent } from './sample.js';

/** What one channel would send. */
export interface Preview {
  readonly channel: string;
  readonly messages: readonly JsonValue[];
  /** Why it would send nothing. */
  readonly error?: string;
}

/** What became of a sample. */
export interface Attempt {
  readonly delivered: boolean;
  /** What the provider said where it refused. */
  readonly error: string | null;
}

/** One notification in the outbox, for people to look at; what it says is left out. */
export interface ShownDelivery {
  readonly id: string;
  readonly channel: string;
  readonly application: string | null;
  readonly executionId: string | null;
  readonly occasion: string | null;
  readonly state: string;
  readonly attempts: number;
  readonly createdAt: string;
  readonly error: string | null;
}

/** How many of the latest notifications are looked through. */
const LOOKED_AT = 10_000;

/** Looks at notifications: before they are sent, at a sample, and afterwards. */
@Injectable()
export class Inspection {
  constructor(
    private readonly channels: Channels,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Sends a sample; throws a 400 where no channel of that type is on. */
  async test({ type, address }: Address, identity: Identity): Promise<Attempt> {
    const channel = this.channels.named(type);
    if (!channel) throw new InvalidRequestError(`There is no channel '${type}', or it is off.`);
    const occasion = occasionOf(sampleEvent(this.clock.now()));
    const messages = occasion ? (channel.instance.forEvent?.({ type, address }, occasion) ?? []) : [];
    if (messages.length === 0) throw new InvalidRequestError(`The channel '${type}' has nothing to send as a sample.`);
    for (const message of messages) {
      const payload = { channel: type, message, about: { occasion: 'sample' }, once: true };
      const key = `test/${newUlid(this.clock.now())}`;
      const { effect } = await this.outbox.perform({ kind: NOTIFICATION, key, payload, identity, cause: {} });
      if (effect.state !== 'done') return { delivered: false, error: effect.lastError ?? null };
    }
    return { delivered: true, error: null };
  }

  /** What every notification that an event carries for its moment would send. */
  ofEvent(event: EchoEvent): Preview[] {
    const occasion = occasionOf(event);
    if (!occasion) return [];
    return preferencesOf(occasion).flatMap((preference) => this.previewsOf(preference, occasion));
  }

  async ofRequest(request: DirectNotification): Promise<Preview[]> {
    const channel = this.channels.taking(request.notificationType);
    if (!channel) return [];
    return [{ channel: channel.options.name, messages: (await channel.instance.forRequest?.(request)) ?? [] }];
  }

  async deliveries(executionId: string | undefined): Promise<ShownDelivery[]> {
    const effects = await this.outbox.list({ kind: NOTIFICATION }, LOOKED_AT);
    const shown = effects.map((effect) => shownDelivery(effect as Notification));
    return executionId === undefined ? shown : shown.filter((one) => one.executionId === executionId);
  }

  private previewsOf(preference: JsonObject, occasion: Occasion): Preview[] {
    const channel = this.channels.named(word(preference['type']));
    if (!channel || !isMeantFor(preference, occasion, channel.options.endedBy)) return [];
    return [previewOf(channel, preference, occasion)];
  }
}

function previewOf({ instance, options }: NamedChannel, preference: JsonObject, occasion: Occasion): Preview {
  try {
    return { channel: options.name, messages: instance.forEvent?.(preference, occasion) ?? [] };
  } catch (error) {
    return { channel: options.name, messages: [], error: messageOf(error) };
  }
}

const shownDelivery = ({
  id,
  payload,
  state,
  attempts,
  createdAt,
  lastError,
  suppressedBy,
}: Notification): ShownDelivery => ({
  id,
  channel: payload.channel,
  application: payload.about.application ?? null,
  executionId: payload.about.executionId ?? null,
  occasion: payload.about.occasion ?? null,
  state,
  attempts,
  createdAt: isoOf(createdAt),
  error: lastError ?? suppressedBy ?? null,
});
