import { InvalidRequestError } from '../../../platform/errors/index.js';
import { type Channel, type Delivery, type NotificationPreference, NotifiesThrough } from '../../channel.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import type { Occasion } from '../../events/occasion.js';
import { addressOf } from '../../events/preferences.js';
import { Cards } from './cards.js';
import { MicrosoftTeamsClient } from './microsoft-teams.client.js';
import { microsoftTeamsConfig } from './microsoft-teams.config.js';
import { type MicrosoftTeamsMessage, messageTo } from './microsoft-teams.message.js';

/** Notifications to Microsoft Teams. */
@NotifiesThrough({
  name: 'microsoftteams',
  requests: 'MICROSOFTTEAMS',
  builtIn: { enabled: microsoftTeamsConfig.enabled },
})
export class MicrosoftTeamsAgent implements Channel<MicrosoftTeamsMessage> {
  constructor(
    private readonly client: MicrosoftTeamsClient,
    private readonly cards: Cards,
  ) {}

  forEvent(preference: NotificationPreference, occasion: Occasion): readonly MicrosoftTeamsMessage[] {
    return [messageTo(addressOf(preference) ?? '', this.cards.forEvent(preference, occasion))];
  }

  forRequest(request: DirectNotification): readonly MicrosoftTeamsMessage[] {
    if (!request.to) throw new InvalidRequestError('to is missing: name webhooks of Microsoft Teams.');
    const card = this.cards.forRequest(request);
    return request.to.map((address) => messageTo(address, card));
  }

  async deliver(message: MicrosoftTeamsMessage): Promise<Delivery> {
    await this.client.post(message);
    return {};
  }
}
