import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../../events/index.js';
import { type RouterFailure, routerFailed } from '../../failures/index.js';
import type { Effect } from '../../outbox/index.js';
import { Clock } from '../../platform/clock/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { Settings } from '../../platform/settings/index.js';
import { NOTIFICATION, type Notification } from '../delivery/notification.js';
import { isMeant, textOf } from '../events/preferences.js';
import { type Address, policiesConfig } from '../policies/policies.config.js';
import { type Notice, Notices } from './notices.js';

/** What is asked for, in the notifications of a pipeline, to be told that it was not started as it should. */
const MOMENT = 'trigger.failed';

const HOUR_MS = 3_600_000;

const addressesIn = (notifications: readonly JsonObject[]): Address[] =>
  notifications.flatMap((entry) => {
    const [type, address] = [textOf(entry, 'type'), textOf(entry, 'address')];
    return type !== undefined && address !== undefined && isMeant(entry['when'], MOMENT) ? [{ type, address }] : [];
  });

const isNotification = (effect: Effect): effect is Notification => effect.kind === NOTIFICATION;

/**
 * Tells people of Echo's own failures: those whom a pipeline names for `trigger.failed`, and those whom the operator
 * names for all. A notification that dies is told to the fallback of its channel too.
 */
@Injectable()
export class RouterFailures implements OnModuleInit {
  constructor(
    private readonly bus: Bus,
    private readonly notices: Notices,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.subscribe(routerFailed, 'notifications about failures', (failure) => this.tell(failure));
  }

  private tell(failure: RouterFailure): Promise<void> {
    const { effect } = failure;
    if (!effect)
      return this.notices.tell(noticeOf(failure), [...addressesIn(failure.notifications), ...this.everybody]);
    return isNotification(effect) ? this.notificationDied(failure, effect) : this.effectDied(failure, effect);
  }

  /** A destination that is gone takes many effects with it: of each kind and reason people hear once an hour. */
  private effectDied(failure: RouterFailure, { kind }: Effect): Promise<void> {
    const hour = Math.floor(this.clock.now() / HOUR_MS);
    return this.notices.tell(
      { ...noticeOf(failure), key: `effects/${kind}/${failure.reason}/${hour}` },
      this.everybody,
    );
  }

  private async notificationDied(failure: RouterFailure, { payload }: Notification): Promise<void> {
    const { channel, about, once } = payload;
    // Whoever waited was answered.
    if (once) return;
    const { application, occasion = 'something', executionId = 'unknown' } = about;
    const instead = this.settings.get(policiesConfig.fallback)[channel];
    const subject = `A notification by ${channel} could not be delivered`;
    const lost = `It was about ${occasion} of ${application ?? 'an application'}, execution ${executionId}.`;
    await this.notices.tell({ ...noticeOf(failure), subject, about: lost, application }, [
      ...(instead ? [instead] : []),
      ...this.everybody,
    ]);
  }

  private get everybody(): readonly Address[] {
    return this.settings.get(policiesConfig.failures);
  }
}

const noticeOf = ({ key, subject, reason, application, type }: RouterFailure): Notice => ({
  key,
  subject,
  reason,
  application,
  occasion: type,
});
