import { Clock } from '../../../platform/clock/index.js';
import { messageOf } from '../../../platform/errors/index.js';
import { newUlid } from '../../../platform/ids/index.js';
import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import { type Channel, type Delivery, type NotificationPreference, NotifiesThrough } from '../../channel.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import type { Occasion } from '../../events/occasion.js';
import { addressOf } from '../../events/preferences.js';
import { EventsV2Client } from './events-v2.client.js';
import { PagerDutyClient } from './pager-duty.client.js';
import { pagerDutyConfig } from './pager-duty.config.js';
import { type PagerDutyMessage, eventMessage, v1Message, v2Message } from './pager-duty.message.js';
import { type Page, checkPages } from './pages.js';

/** Pages people. Every key of a page is tried; what failed is told together. */
@NotifiesThrough({
  name: 'pagerduty',
  requests: 'PAGER_DUTY',
  builtIn: { enabled: pagerDutyConfig.enabled },
  // Whoever is paged when a pipeline fails is to know when it works again.
  endedBy: { 'pipeline.complete': 'pipeline.failed' },
})
export class PagerDutyAgent implements Channel<PagerDutyMessage> {
  constructor(
    private readonly client: PagerDutyClient,
    private readonly v2: EventsV2Client,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  forEvent(preference: NotificationPreference, occasion: Occasion): readonly PagerDutyMessage[] {
    const key = addressOf(preference);
    const isEnded = ['complete', 'failed'].includes(occasion.status) && occasion.kind === 'pipeline';
    return key && isEnded ? [eventMessage(key, occasion, this.settings.get(spinnakerConfig.baseUrl))] : [];
  }

  forRequest(request: DirectNotification): readonly PagerDutyMessage[] {
    if (this.settings.get(pagerDutyConfig.eventsApi) === 'v1') return [v1Message(request)];
    return [v2Message(request, this.settings.get(spinnakerConfig.baseUrl), newUlid(this.clock.now()))];
  }

  async deliver(message: PagerDutyMessage): Promise<Delivery> {
    const [only, ...others] = message.keys;
    if (message.api === 'v2' && only !== undefined && others.length === 0) {
      // One key: its own error says whether and when to try again.
      await this.v2.send(only, message.event);
      return {};
    }
    const pages: Page[] = [];
    for (const key of message.keys) pages.push(await this.page(key, message));
    checkPages(pages);
    return {};
  }

  private async page(key: string, message: PagerDutyMessage): Promise<Page> {
    if (message.api === 'v1') return this.client.page(key, message.event);
    try {
      await this.v2.send(key, message.event);
      return { kind: 'taken' };
    } catch (error) {
      return { kind: 'failed', key, message: messageOf(error) };
    }
  }
}
