import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import { type Channel, type Delivery, type NotificationPreference, NotifiesThrough } from '../../channel.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import { DirectTexts } from '../../direct/direct-texts.js';
import { executionLink } from '../../events/links.js';
import type { Occasion } from '../../events/occasion.js';
import { addressOf } from '../../events/preferences.js';
import { SmsClient } from './sms.client.js';
import { smsConfig } from './sms.config.js';
import { type SmsMessage, fitting, smsText } from './sms.message.js';

const SWITCH = { enabled: smsConfig.enabled, required: [smsConfig.account, smsConfig.token, smsConfig.from] };

/** Notifications to phones. */
@NotifiesThrough({ name: 'sms', requests: 'SMS', builtIn: SWITCH })
export class SmsAgent implements Channel<SmsMessage> {
  constructor(
    private readonly client: SmsClient,
    private readonly texts: DirectTexts,
    private readonly settings: Settings,
  ) {}

  forEvent(preference: NotificationPreference, occasion: Occasion): readonly SmsMessage[] {
    const link = executionLink(this.settings.get(spinnakerConfig.baseUrl), occasion);
    return [{ to: addressOf(preference) ?? null, text: fitting(smsText(occasion, link)) }];
  }

  forRequest(request: DirectNotification): readonly SmsMessage[] {
    const text = fitting(this.texts.body(request));
    return (request.to ?? []).map((to) => ({ to, text }));
  }

  async deliver(message: SmsMessage): Promise<Delivery> {
    await this.client.send(message);
    return {};
  }
}
