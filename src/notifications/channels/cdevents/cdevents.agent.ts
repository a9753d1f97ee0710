import { Clock } from '../../../platform/clock/index.js';
import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import { type Channel, type Delivery, type NotificationPreference, NotifiesThrough } from '../../channel.js';
import type { Occasion } from '../../events/occasion.js';
import { CDEventsClient } from './cdevents.client.js';
import { cdeventsConfig } from './cdevents.config.js';
import { type CDEventsMessage, cdeventsMessage } from './cdevents.message.js';

/** Tells brokers of CloudEvents, in the vocabulary of CDEvents. */
@NotifiesThrough({ name: 'cdevents', builtIn: { enabled: cdeventsConfig.enabled } })
export class CDEventsAgent implements Channel<CDEventsMessage> {
  constructor(
    private readonly client: CDEventsClient,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  forEvent(preference: NotificationPreference, occasion: Occasion): readonly CDEventsMessage[] {
    const baseUrl = this.settings.get(spinnakerConfig.baseUrl);
    return [cdeventsMessage(preference, occasion, { baseUrl, now: this.clock.now() })];
  }

  async deliver(message: CDEventsMessage): Promise<Delivery> {
    await this.client.post(message);
    return {};
  }
}
