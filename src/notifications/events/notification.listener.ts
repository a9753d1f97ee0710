import { Inject, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { type EchoEvent, EchoEventListener, type EventListener, type ReceivedEvent } from '../../events/index.js';
import { type Cause, type NewEffect, Outbox } from '../../outbox/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { type JsonObject, type JsonValue, stringifyJson } from '../../platform/json/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { withRequestId } from '../../platform/request-context/index.js';
import { Settings, spinnakerConfig } from '../../platform/settings/index.js';
import { Channels, type NamedChannel } from '../channels.js';
import { type About, NOTIFICATION, type NewNotification } from '../delivery/notification.js';
import { gathered, lineOf } from '../digests/digest.js';
import { notificationsMetrics } from '../notifications.metrics.js';
import { notificationKey } from './notification-key.js';
import { type Occasion, momentOf, occasionOf } from './occasion.js';
import { word } from './phrases.js';
import { Policies, type Treatment } from '../policies/policies.js';
import { addressOf, isMeantFor, preferencesOf } from './preferences.js';

/** Tells those who asked for it what orca reports (notifications.md §2). */
@EchoEventListener({ name: 'notifications' })
export class NotificationListener implements EventListener {
  private readonly log = new Logger('Notifications');

  constructor(
    private readonly channels: Channels,
    private readonly outbox: Outbox,
    private readonly policies: Policies,
    private readonly settings: Settings,
    @Inject(metricToken(notificationsMetrics.unbuildable)) private readonly unbuildable: Counter,
  ) {}

  async processEvent(event: EchoEvent, received: ReceivedEvent): Promise<void> {
    const occasion = occasionOf(event);
    if (!occasion) return;
    const effects = this.effectsOf(occasion, received);
    if (effects.length > 0) await this.outbox.submit(effects);
  }

  private effectsOf(occasion: Occasion, { inboxId, event, identity }: ReceivedEvent): NewEffect[] {
    const seen = new Map<string, number>();
    const about = aboutOf(occasion);
    return preferencesOf(occasion).flatMap((preference) => {
      const channel = this.channels.named(word(preference['type']));
      if (!channel || !isMeantFor(preference, occasion, channel.options.endedBy)) return [];
      const ordinal = countOf(seen, stringifyJson(preference));
      const notifications = this.messagesOf(channel, preference, occasion).map((message, index) => ({
        kind: NOTIFICATION,
        key: notificationKey(occasion, preference, `${ordinal}/${index}`, inboxId),
        payload: { channel: channel.options.name, message, about },
        identity: withRequestId(identity),
        cause: { inboxId, ...(event.eventId !== null && { eventId: event.eventId }), ...causeOf(occasion) },
      }));
      return this.treated(notifications, this.treatmentOf(channel, preference, occasion), occasion);
    });
  }

  private treated(
    notifications: readonly NewNotification[],
    treatment: Treatment,
    occasion: Occasion,
  ): readonly NewEffect[] {
    if (notifications.length === 0 || treatment.kind === 'send') return notifications;
    if (treatment.kind === 'gather') {
      const line = lineOf(occasion, this.settings.get(spinnakerConfig.baseUrl));
      return gathered(notifications, treatment.digest, line);
    }
    const { kind: _kind, ...held } = treatment;
    return notifications.map((one) => ({ ...one, ...held }));
  }

  private treatmentOf({ options }: NamedChannel, preference: JsonObject, occasion: Occasion): Treatment {
    const { application } = occasion;
    return this.policies.treat({
      application,
      channel: options.name,
      address: addressOf(preference),
      moment: momentOf(occasion),
    });
  }

  /** A notification that cannot be put into words leaves out itself alone. */
  private messagesOf(
    { instance, options }: NamedChannel,
    preference: JsonObject,
    occasion: Occasion,
  ): readonly JsonValue[] {
    try {
      return instance.forEvent?.(preference, occasion) ?? [];
    } catch (error) {
      this.unbuildable.inc({ channel: options.name });
      this.log.error({
        message: `Failed to send ${options.name} message: ${messageOf(error)}`,
        ...aboutOf(occasion),
        address: preference['address'],
        err: error,
      });
      return [];
    }
  }
}

/** How many equal ones came before. */
function countOf(seen: Map<string, number>, text: string): number {
  const count = seen.get(text) ?? 0;
  seen.set(text, count + 1);
  return count;
}

function causeOf({ application, execution: { name } }: Occasion): Pick<Cause, 'application' | 'pipeline'> {
  return { ...(application !== undefined && { application }), ...(typeof name === 'string' && { pipeline: name }) };
}

const aboutOf = (occasion: Occasion): About => ({
  application: occasion.application,
  executionId: word(occasion.execution['id']),
  occasion: momentOf(occasion),
});
