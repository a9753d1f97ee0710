import { Query } from '@nestjs/common';
import { type Effect, Outbox } from '../../outbox/index.js';
import { type JsonObject, isJsonObject, read } from '../../platform/json/index.js';
import { Page, Pages } from '../rendering/page.js';
import { ConsoleRenderer } from '../rendering/renderer.js';
import { effectFilterOf, olderOf } from './effect-query.js';
import { effectView } from './effect.view.js';

const SHOWN_ROWS = 100;
const NOTIFICATION = 'notification';

const memberOf = (value: JsonObject, name: string): string => read.member(value, name, read.text) ?? '';

/** Not the message itself: that may carry the secret address of a channel. */
function notificationView(effect: Effect): JsonObject {
  const payload = effect.payload as JsonObject;
  const about = payload['about'];
  const subject = about !== undefined && isJsonObject(about) ? about : {};
  return {
    ...effectView(effect),
    channel: memberOf(payload, 'channel'),
    application: memberOf(subject, 'application'),
    occasion: memberOf(subject, 'occasion'),
    executionId: memberOf(subject, 'executionId'),
  };
}

/** Who was told of what by which channel, and what could not be told. */
@Pages('console/notifications')
export class NotificationsPage {
  constructor(
    private readonly renderer: ConsoleRenderer,
    private readonly outbox: Outbox,
  ) {}

  @Page()
  async show(@Query() asked: Readonly<Record<string, unknown>>): Promise<string> {
    const { filter, state } = effectFilterOf(asked, NOTIFICATION);
    const notifications = await this.outbox.list(filter, SHOWN_ROWS);
    const older = olderOf(notifications, SHOWN_ROWS, { state });
    return this.renderer.page('notifications', { state, older, rows: notifications.map(notificationView) });
  }
}
