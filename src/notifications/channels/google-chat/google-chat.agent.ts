import { InvalidRequestError } from '../../../platform/errors/index.js';
import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import { type Channel, type Delivery, type NotificationPreference, NotifiesThrough } from '../../channel.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import { DirectTexts } from '../../direct/direct-texts.js';
import { chatText } from '../../events/chat-text.js';
import { executionLink } from '../../events/links.js';
import type { Occasion } from '../../events/occasion.js';
import { addressOf } from '../../events/preferences.js';
import { GoogleChatClient } from './google-chat.client.js';
import { googleChatConfig } from './google-chat.config.js';
import { type GoogleChatMessage, card, googleChatText, webhookOf } from './google-chat.message.js';

/** Notifications to Google Chat. */
@NotifiesThrough({ name: 'googlechat', requests: 'GOOGLECHAT', builtIn: { enabled: googleChatConfig.enabled } })
export class GoogleChatAgent implements Channel<GoogleChatMessage> {
  constructor(
    private readonly client: GoogleChatClient,
    private readonly texts: DirectTexts,
    private readonly settings: Settings,
  ) {}

  forEvent(preference: NotificationPreference, occasion: Occasion): readonly GoogleChatMessage[] {
    const link = executionLink(this.settings.get(spinnakerConfig.baseUrl), occasion);
    const text = chatText(preference, occasion, link, () => googleChatText(occasion, link));
    return [this.messageTo(addressOf(preference) ?? '', text)];
  }

  forRequest(request: DirectNotification): readonly GoogleChatMessage[] {
    if (!request.to) throw new InvalidRequestError('to is missing: name webhooks of Google Chat.');
    const text = this.texts.body(request);
    return request.to.map((address) => this.messageTo(address, text));
  }

  async deliver(message: GoogleChatMessage): Promise<Delivery> {
    await this.client.post(message);
    return {};
  }

  private messageTo(address: string, text: string): GoogleChatMessage {
    return { url: webhookOf(address, this.settings.get(googleChatConfig.baseUrl)), card: card(text) };
  }
}
