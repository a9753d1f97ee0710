import { Clock } from '../../../platform/clock/index.js';
import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import { type Channel, type Delivery, type NotificationPreference, NotifiesThrough } from '../../channel.js';
import type { Occasion } from '../../events/occasion.js';
import { CDEventsClient } from './cdevents.client.js';
import { cdeventsConfig, sendsSpans } from './cdevents.config.js';
import { type CDEventsMessage, brokerOf, cdEventOf, collectorOf, targetOf } from './cdevents.message.js';
import { OtlpClient } from './otlp.client.js';
import { spanOf } from './otlp-span.js';

/** Tells brokers of CloudEvents, or collectors of OpenTelemetry, in the vocabulary of CDEvents. */
@NotifiesThrough({ name: 'cdevents', builtIn: { enabled: cdeventsConfig.enabled } })
export class CDEventsAgent implements Channel<CDEventsMessage> {
  constructor(
    private readonly client: CDEventsClient,
    private readonly collectors: OtlpClient,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  forEvent(preference: NotificationPreference, occasion: Occasion): readonly CDEventsMessage[] {
    const baseUrl = this.settings.get(spinnakerConfig.baseUrl);
    const event = cdEventOf(preference, occasion, { baseUrl, now: this.clock.now() });
    const address = targetOf(preference);
    if (sendsSpans(this.settings)) return [{ url: collectorOf(address), span: spanOf(event, occasion) }];
    return [{ url: brokerOf(address), ...event }];
  }

  async deliver(message: CDEventsMessage): Promise<Delivery> {
    if ('span' in message) await this.collectors.post(message);
    else await this.client.post(message);
    return {};
  }
}
