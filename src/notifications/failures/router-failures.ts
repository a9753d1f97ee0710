import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../../events/index.js';
import { type Effect, effectDead } from '../../outbox/index.js';
import { type StartFinished, type TriggerInvalid, startFinished, triggerInvalid } from '../../pipelines/index.js';
import { type JsonObject, isJsonObject } from '../../platform/json/index.js';
import { Settings } from '../../platform/settings/index.js';
import { NOTIFICATION, type Notification } from '../delivery/notification.js';
import { isMeant, textOf } from '../events/preferences.js';
import { type Address, policiesConfig } from '../policies/policies.config.js';
import { Notices } from './notices.js';

const NAME = 'notifications about failures';

/** What is asked for, in the notifications of a pipeline, to be told that it could not be started. */
const MOMENT = 'trigger.failed';

/** Starts have a fact of their own, and endpoints that fail are told of by the forwarder. */
const TOLD_OTHERWISE = new Set(['start', 'failed-start', 'forward']);

const addressesIn = (notifications: readonly JsonObject[]): Address[] =>
  notifications.flatMap((entry) => {
    const [type, address] = [textOf(entry, 'type'), textOf(entry, 'address')];
    return type !== undefined && address !== undefined && isMeant(entry['when'], MOMENT) ? [{ type, address }] : [];
  });

/**
 * Tells people of Echo's own failures: those whom a pipeline names for `trigger.failed`, and those whom the operator
 * names for all. A notification that dies is told to the fallback of its channel; about a notice that dies nobody is
 * told, or there would be no end of it.
 */
@Injectable()
export class RouterFailures implements OnModuleInit {
  constructor(
    private readonly bus: Bus,
    private readonly notices: Notices,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.bus.subscribe(startFinished, NAME, (finished) => this.startEnded(finished));
    this.bus.subscribe(triggerInvalid, NAME, (invalid) => this.triggerIsInvalid(invalid));
    this.bus.subscribe(effectDead, NAME, (effect) => this.effectDied(effect));
  }

  private async startEnded(finished: StartFinished): Promise<void> {
    if (finished.kind !== 'failed') return;
    const { effect, error } = finished;
    const { application, name, notifications = [] } = effect.payload.pipeline;
    const own = addressesIn(notifications.filter((entry) => isJsonObject(entry)));
    const subject = `${application}'s ${name} pipeline could not be started`;
    const body = `${subject}: ${error}`;
    const notice = { key: `start/${effect.id}`, subject, body, application, occasion: 'echo:start:dead' };
    await this.notices.tell(notice, [...own, ...this.everybody]);
  }

  private async triggerIsInvalid({ application, pipelineName, triggerId, reason }: TriggerInvalid): Promise<void> {
    const subject = `A trigger of ${application}'s ${pipelineName} pipeline is invalid`;
    const key = `trigger/${application}/${pipelineName}/${triggerId ?? ''}/${reason}`;
    await this.notices.tell(
      { key, subject, body: `${subject}: ${reason}`, application, occasion: 'echo:trigger:invalid' },
      this.everybody,
    );
  }

  private async effectDied(effect: Effect): Promise<void> {
    if (effect.kind === NOTIFICATION) return this.notificationDied(effect as Notification);
    if (TOLD_OTHERWISE.has(effect.kind)) return;
    const { id, kind, lastError = '' } = effect;
    const subject = `An effect of Echo (${kind}) was given up`;
    const notice = { key: `effect/${id}`, subject, body: `${subject}: ${lastError}`, occasion: 'echo:effect:dead' };
    await this.notices.tell(notice, this.everybody);
  }

  private async notificationDied({ id, payload, lastError = '' }: Notification): Promise<void> {
    const { channel, about, notice, once } = payload;
    // Whoever waited was answered, and a notice about a notice would have no end.
    if (notice || once) return;
    const { application, occasion = 'something', executionId = 'unknown' } = about;
    const instead = this.settings.get(policiesConfig.fallback)[channel];
    const subject = `A notification by ${channel} could not be delivered`;
    const body = `${subject}: ${lastError}\n\nIt was about ${occasion} of ${application ?? 'an application'}, execution ${executionId}.`;
    const said = { key: `effect/${id}`, subject, body, application, occasion: 'echo:effect:dead' };
    await this.notices.tell(said, [...(instead ? [instead] : []), ...this.everybody]);
  }

  private get everybody(): readonly Address[] {
    return this.settings.get(policiesConfig.failures);
  }
}
