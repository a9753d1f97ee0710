import { Logger } from '@nestjs/common';
import { EchoEventListener, type EchoEvent, type EventListener } from '../../events/index.js';
import { Clock } from '../../platform/clock/index.js';
import { type JsonObject, type JsonValue, isJsonObject } from '../../platform/json/index.js';

/** A notification that somebody asked for and that would be sent now. */
export interface Mail {
  readonly at: string;
  readonly type: string;
  readonly address: string;
  readonly when: string;
  readonly application: string;
  readonly subject: string;
  readonly executionId: string;
}

const KEPT = 200;

const objects = (value: JsonValue | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter((item) => isJsonObject(item)) : [];

const memberOf = (object: JsonValue | undefined, name: string): JsonValue | undefined =>
  isJsonObject(object) ? object[name] : undefined;

/** Stands where the notification channels will: shows who would be told what, and tells nobody. */
@EchoEventListener({ name: 'sandbox-mailbox' })
export class Mailbox implements EventListener {
  private readonly log = new Logger('Mailbox');
  private readonly mails: Mail[] = [];

  constructor(private readonly clock: Clock) {}

  processEvent({ details, content }: EchoEvent): void {
    const [orca, kind, phase] = (details?.type ?? '').split(':');
    if (orca !== 'orca' || !kind || !phase) return;
    const when = `${kind}.${phase}`;
    const owner = content?.[kind === 'stage' ? 'context' : 'execution'];
    for (const notification of objects(memberOf(owner, 'notifications'))) {
      if ([notification['when']].flat().includes(when)) this.deliver(notification, when, content ?? {});
    }
  }

  /** Newest first. */
  list(): Mail[] {
    return [...this.mails].reverse();
  }

  private deliver(notification: JsonObject, when: string, content: JsonObject): void {
    const execution = content['execution'];
    const title = `${String(memberOf(execution, 'application'))}:${String(memberOf(execution, 'name'))}`;
    const mail: Mail = {
      at: new Date(this.clock.now()).toISOString(),
      type: String(notification['type']),
      address: String(notification['address'] ?? ''),
      when,
      application: String(memberOf(execution, 'application')),
      subject: `${title}: ${when.replace('.', ' ')}`,
      executionId: String(content['executionId']),
    };
    this.mails.push(mail);
    if (this.mails.length > KEPT) this.mails.shift();
    this.log.log(`Would send ${mail.type} to ${mail.address}: ${mail.subject}`);
  }
}
