import { eventsConfig, withoutSecretHeaders } from '../../../events/index.js';
import { Outbox, PUBLISH } from '../../../outbox/index.js';
import { InvalidRequestError } from '../../../platform/errors/index.js';
import { memberOf } from '../../../platform/json/index.js';
import { Settings, pubsubSwitch } from '../../../platform/settings/index.js';
import {
  type Channel,
  type Delivery,
  type DeliveryContext,
  type NotificationPreference,
  NotifiesThrough,
} from '../../channel.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import type { Occasion } from '../../events/occasion.js';
import { type PubsubNotification, aboutEvent, asRequested } from './pubsub.message.js';

/** Notifications to topics of message brokers: each is an effect of its own, which the publisher carries out. */
@NotifiesThrough({ name: 'pubsub', requests: 'PUBSUB', builtIn: { enabled: pubsubSwitch.enabled } })
export class PubsubAgent implements Channel<PubsubNotification> {
  constructor(
    private readonly outbox: Outbox,
    private readonly settings: Settings,
  ) {}

  forEvent(preference: NotificationPreference, { event }: Occasion): readonly PubsubNotification[] {
    const name = memberOf(preference, 'publisherName');
    if (typeof name !== 'string' || name === '') return [];
    return [aboutEvent(name, withoutSecretHeaders(event, this.settings.get(eventsConfig.keepHeaders)))];
  }

  /** Only the first recipient counts, as in the original. */
  forRequest(request: DirectNotification): readonly PubsubNotification[] {
    const [name] = request.to ?? [];
    if (name === undefined) return [];
    if (!request.source) throw new InvalidRequestError('source is missing: say whose notification it is.');
    return [asRequested(name, request)];
  }

  async deliver(message: PubsubNotification, { key, identity }: DeliveryContext): Promise<Delivery> {
    await this.outbox.submit([{ kind: PUBLISH, key, payload: message, identity, cause: {} }]);
    return {};
  }
}
