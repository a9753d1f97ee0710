import type { Destination } from '../../../outbox/index.js';
import { Clock } from '../../../platform/clock/index.js';
import { InvalidRequestError } from '../../../platform/errors/index.js';
import type { JsonObject } from '../../../platform/json/index.js';
import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import { type Channel, type Delivery, type NotificationPreference, NotifiesThrough } from '../../channel.js';
import type { Interaction, InteractionRequest } from '../../callbacks/interaction.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import { DirectTexts } from '../../direct/direct-texts.js';
import { chatText } from '../../events/chat-text.js';
import { executionLink } from '../../events/links.js';
import type { Occasion } from '../../events/occasion.js';
import { cardTitle } from '../../events/phrases.js';
import { addressOf } from '../../events/preferences.js';
import { SlackInteractions } from './slack.interaction.js';
import { SlackClient } from './slack.client.js';
import { answeredMessage, responsePath } from './slack-callback.js';
import { slackConfig } from './slack.config.js';
import {
  type Button,
  COLORS,
  OTHER_COLOR,
  type SlackMessage,
  compactAttachment,
  fullAttachment,
  slackText,
} from './slack.message.js';

const DIRECT_COLOR = '#cccccc';

/** Notifications to Slack: by the bot, and by the app where people are to answer. */
@NotifiesThrough({ name: 'slack', requests: 'SLACK', interactive: true, builtIn: { enabled: slackConfig.enabled } })
export class SlackAgent implements Channel<SlackMessage> {
  constructor(
    private readonly client: SlackClient,
    private readonly texts: DirectTexts,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly interactions: SlackInteractions,
  ) {}

  forEvent(preference: NotificationPreference, occasion: Occasion): readonly SlackMessage[] {
    const link = executionLink(this.settings.get(spinnakerConfig.baseUrl), occasion);
    const text = chatText(preference, occasion, link, () => slackText(occasion, link));
    const color = COLORS[occasion.status] ?? OTHER_COLOR;
    const chatApi = this.settings.get(slackConfig.bot.sendCompactMessages);
    const attachment = chatApi
      ? compactAttachment(text, color)
      : fullAttachment({ title: cardTitle(occasion), text, color, at: this.clock.now() });
    return [{ via: 'bot', chatApi, channel: addressOf(preference) ?? null, attachment }];
  }

  forRequest(request: DirectNotification): readonly SlackMessage[] {
    const via = request.interactive ? 'app' : 'bot';
    const chatApi = this.settings.get(slackConfig[via].sendCompactMessages);
    const [title, text] = [this.texts.subject(request), this.texts.body(request)];
    const attachment = chatApi ? compactAttachment(text, DIRECT_COLOR) : this.attachment(request, title, text);
    return (request.to ?? []).map((channel) => ({ via, chatApi, channel, attachment }));
  }

  async deliver(message: SlackMessage): Promise<Delivery> {
    await this.client.post(message);
    return {};
  }

  /** Slack counts by channel: one message a second, and short bursts. */
  destinationOf({ channel }: SlackMessage): Destination {
    const [perSecond, burst] = [
      this.settings.get(slackConfig.channelRate),
      this.settings.get(slackConfig.channelBurst),
    ];
    return { name: channel ?? '', perSecond, burst: Math.max(1, burst) };
  }

  readInteraction(request: InteractionRequest): Promise<Interaction> {
    return this.interactions.read(request);
  }

  showInteraction({ source }: Interaction): Promise<void> {
    return this.client.respond(responsePath(source), answeredMessage(source));
  }

  private attachment({ interactive, interactiveActions }: DirectNotification, title: string, text: string): JsonObject {
    const at = this.clock.now();
    if (!interactive || !interactiveActions) return fullAttachment({ title, text, color: DIRECT_COLOR, at });
    const { callbackServiceId, callbackMessageId, color } = interactiveActions;
    const callbackId = `${callbackServiceId ?? 'null'}:${callbackMessageId ?? 'null'}`;
    return fullAttachment({ title, text, color, callbackId, buttons: buttonsOf(interactiveActions), at });
  }
}

function buttonsOf({ actions }: NonNullable<DirectNotification['interactiveActions']>): Button[] {
  return actions.map(({ name, label, value }) => {
    if (name !== undefined && label !== undefined && value !== undefined) return { name, text: label, value };
    throw new InvalidRequestError('name, text and value are required');
  });
}
