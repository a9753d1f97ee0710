import { Injectable, Logger } from '@nestjs/common';
import { newUlid } from '../../platform/ids/index.js';
import { Clock } from '../../platform/clock/index.js';
import { EchoError } from '../../platform/errors/index.js';
import { type JsonValue, isJsonObject } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import { type Effect, Outbox } from '../../outbox/index.js';
import { Channels, type NamedChannel } from '../channels.js';
import { NOTIFICATION, type NewNotification } from '../delivery/notification.js';
import type { DirectNotification } from './direct-notification.js';

/** What became of a direct notification. */
export type DirectOutcome =
  | { readonly kind: 'sent'; readonly channel: string; readonly value: JsonValue }
  /** No channel takes such notifications: nothing was sent. */
  | { readonly kind: 'untaken'; readonly message: string };

/** A message was written down and not delivered; with the status and the words of whoever refused it. */
export class NotDeliveredError extends EchoError {
  constructor(message: string, status: number) {
    super(message, { code: 'not-delivered', status, level: 'warn' });
  }
}

const HELD = 'an earlier recipient of the same notification could not be reached';

function throwIfFailed({ state, result, lastError = '' }: Effect): void {
  if (state === 'done') return;
  const status = isJsonObject(result) && typeof result['status'] === 'number' ? result['status'] : 500;
  throw new NotDeliveredError(lastError, status);
}

const valueOf = ({ result }: Effect): JsonValue => (isJsonObject(result) ? (result['value'] ?? null) : null);

/** Sends what services of Spinnaker ask for: written down, tried once, the outcome told (decisions.md 34). */
@Injectable()
export class DirectNotifications {
  private readonly log = new Logger('Notifications');

  constructor(
    private readonly channels: Channels,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Rejects with what the first message that failed met; those after it are not sent. */
  async send(request: DirectNotification, identity: Identity): Promise<DirectOutcome> {
    const channel = this.channelFor(request);
    if (!channel) return this.untaken(request);
    const messages = (await channel.instance.forRequest?.(request)) ?? [];
    const id = newUlid(this.clock.now());
    const notifications = messages.map((message, index) => notificationOf(channel, request, message, `${id}/${index}`));
    return { kind: 'sent', channel: channel.options.name, value: await this.sendAll(notifications, identity) };
  }

  private async sendAll(
    notifications: readonly Omit<NewNotification, 'identity'>[],
    identity: Identity,
  ): Promise<JsonValue> {
    let value: JsonValue = null;
    for (const [index, notification] of notifications.entries()) {
      const { effect } = await this.outbox.perform({ ...notification, identity });
      if (effect.state !== 'done') await this.recordUnsent(notifications.slice(index + 1), identity);
      throwIfFailed(effect);
      value = valueOf(effect);
    }
    return value;
  }

  /** They can be sent by redriving them. */
  private async recordUnsent(rest: readonly Omit<NewNotification, 'identity'>[], identity: Identity): Promise<void> {
    if (rest.length > 0) await this.outbox.submit(rest.map((one) => ({ ...one, identity, suppressedBy: HELD })));
  }

  private channelFor({ notificationType, interactive }: DirectNotification): NamedChannel | undefined {
    const channel = this.channels.taking(notificationType);
    return channel && (!interactive || channel.options.interactive) ? channel : undefined;
  }

  private untaken({ notificationType, interactive, source }: DirectNotification): DirectOutcome {
    const what = interactive ? 'interactive notifications' : 'notifications';
    const message = `No channel takes ${what} of type ${notificationType}: nothing was sent.`;
    this.log.warn({ message, application: source?.application, executionId: source?.executionId });
    return { kind: 'untaken', message };
  }
}

function notificationOf(
  { options }: NamedChannel,
  { source, templateGroup }: DirectNotification,
  message: JsonValue,
  key: string,
): Omit<NewNotification, 'identity'> {
  const about = { application: source?.application, executionId: source?.executionId, occasion: templateGroup };
  return { kind: NOTIFICATION, key, payload: { channel: options.name, message, about, once: true }, cause: {} };
}
