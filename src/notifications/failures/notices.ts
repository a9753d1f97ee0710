import { Injectable, Logger } from '@nestjs/common';
import { type NewEffect, Outbox } from '../../outbox/index.js';
import { messageOf } from '../../platform/errors/index.js';
import type { JsonValue } from '../../platform/json/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import { Channels, type NamedChannel } from '../channels.js';
import { NOTIFICATION, type NotificationPayload } from '../delivery/notification.js';
import type { Address } from '../policies/policies.config.js';

/** Something that Echo itself has to say. */
export interface Notice {
  /** Told once, however often it is said. */
  readonly key: string;
  readonly subject: string;
  readonly reason: string;
  /** What it was about, where the subject does not say it. */
  readonly about?: string;
  readonly application?: string | undefined;
  readonly occasion: string;
}

type Effects = NewEffect<NotificationPayload>[];

/** Tells people what Echo itself has to say, as direct notifications that nobody waits for. */
@Injectable()
export class Notices {
  private readonly log = new Logger('Notifications');

  constructor(
    private readonly channels: Channels,
    private readonly outbox: Outbox,
  ) {}

  async tell(notice: Notice, addresses: readonly Address[]): Promise<void> {
    const effects: Effects = [];
    for (const address of addresses) effects.push(...(await this.effectsOf(notice, address)));
    if (effects.length > 0) await this.outbox.submit(effects);
  }

  private async effectsOf(notice: Notice, { type, address }: Address): Promise<Effects> {
    const channel = this.channels.named(type);
    if (!channel?.instance.forRequest) return [];
    const { key, application, occasion } = notice;
    const about = { application, occasion };
    return (await this.messagesOf(channel, notice, address)).map((message, index) => ({
      kind: NOTIFICATION,
      key: `${key}/${type}/${address}/${index}`,
      payload: { channel: type, message, about },
      identity: NOBODY,
      cause: { ...(application !== undefined && { application }), routerEvent: occasion },
    }));
  }

  private async messagesOf(
    { instance, options }: NamedChannel,
    { subject, reason, about, application }: Notice,
    address: string,
  ): Promise<readonly JsonValue[]> {
    try {
      const messages = await instance.forRequest?.({
        notificationType: options.requests ?? options.name,
        to: [address],
        cc: [],
        templateGroup: 'notice',
        source: { application, user: 'Echo' },
        additionalContext: { what: subject, reason, about: about ?? null, message: subject },
        interactiveActions: undefined,
        interactive: false,
      });
      return messages ?? [];
    } catch (error) {
      this.log.error(`'${subject}' cannot be told to ${address}: ${messageOf(error)}`);
      return [];
    }
  }
}
