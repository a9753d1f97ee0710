import {
  type EchoEvent,
  EchoEventListener,
  type EventListener,
  eventsConfig,
  publicationOf,
  type ReceivedEvent,
  withoutSecretHeaders,
} from '../events/index.js';
import { type NewEffect, Outbox, PUBLISH, type PublishEffect } from '../outbox/index.js';
import { Settings } from '../platform/settings/index.js';
import { Systems } from './systems.js';

/** Gives every event to the publishers that want them all. */
@EchoEventListener({ name: 'pubsub-publishers' })
export class PublishListener implements EventListener {
  constructor(
    private readonly systems: Systems,
    private readonly outbox: Outbox,
    private readonly settings: Settings,
  ) {}

  async processEvent(event: EchoEvent, { inboxId, identity }: ReceivedEvent): Promise<void> {
    const outlets = this.systems.outlets.filter(({ publisher }) => publisher.content === 'ALL');
    if (outlets.length === 0) return;
    const publication = publicationOf(withoutSecretHeaders(event, this.settings.get(eventsConfig.keepHeaders)));
    const cause = { inboxId, ...(event.eventId !== null && { eventId: event.eventId }) };
    const effects = outlets.map(({ system, publisher: { name } }): NewEffect<PublishEffect> => ({
      kind: PUBLISH,
      key: `${inboxId}/${system}/${name}`,
      payload: { system, publisher: name, ...publication },
      identity,
      cause,
    }));
    await this.outbox.submit(effects);
  }
}
