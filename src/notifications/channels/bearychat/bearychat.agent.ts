import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import { type Channel, type Delivery, type NotificationPreference, NotifiesThrough } from '../../channel.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import { DirectTexts } from '../../direct/direct-texts.js';
import { executionLink, filledIn } from '../../events/links.js';
import type { Occasion } from '../../events/occasion.js';
import { addressOf, textOf } from '../../events/preferences.js';
import { BearychatClient } from './bearychat.client.js';
import { bearychatConfig } from './bearychat.config.js';
import { type BearychatMessage, bearychatText } from './bearychat.message.js';

const SWITCH = { enabled: bearychatConfig.enabled, required: [bearychatConfig.token] };

/** Notifications to Bearychat, whose makers are gone and whose protocol others may speak. */
@NotifiesThrough({ name: 'bearychat', requests: 'BEARYCHAT', builtIn: SWITCH })
export class BearychatAgent implements Channel<BearychatMessage> {
  constructor(
    private readonly client: BearychatClient,
    private readonly texts: DirectTexts,
    private readonly settings: Settings,
  ) {}

  /** Of the texts of an author only the one of the stage counts here. */
  forEvent(preference: NotificationPreference, occasion: Occasion): readonly BearychatMessage[] {
    const link = executionLink(this.settings.get(spinnakerConfig.baseUrl), occasion);
    const custom = textOf(occasion.context, 'customMessage');
    const text = custom === undefined ? bearychatText(occasion, link) : filledIn(custom, occasion, link);
    return [{ to: addressOf(preference) ?? '', text, attachments: '' }];
  }

  forRequest(request: DirectNotification): readonly BearychatMessage[] {
    const text = this.texts.body(request);
    return (request.to ?? []).map((to) => ({ to, text, attachments: ' ' }));
  }

  async deliver(message: BearychatMessage): Promise<Delivery> {
    await this.client.send(message);
    return {};
  }
}
