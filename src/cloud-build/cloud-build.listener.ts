import { Logger } from '@nestjs/common';
import { type EchoEvent, EchoEventListener, type EventListener, type ReceivedEvent, typeOf } from '../events/index.js';
import { Outbox } from '../outbox/index.js';
import { BUILD_CHANGE, type BuildChange, buildChangeOf } from './build-change.js';

/** Passes on what Google Cloud Build says of its builds (notifications.md §5.11). */
@EchoEventListener({ name: 'cloud-build' })
export class CloudBuildListener implements EventListener {
  private readonly log = new Logger('CloudBuild');

  constructor(private readonly outbox: Outbox) {}

  async processEvent(event: EchoEvent, { inboxId, identity }: ReceivedEvent): Promise<void> {
    if (typeOf(event) !== 'googleCloudBuild') return;
    const change: BuildChange | undefined = buildChangeOf(event);
    if (change) {
      const cause = { inboxId, ...(event.eventId !== null && { eventId: event.eventId }) };
      await this.outbox.submit([{ kind: BUILD_CHANGE, key: inboxId, payload: change, identity, cause }]);
    } else {
      this.log.warn('A message of Google Cloud Build names no build or no status, so igor is not told.');
    }
  }
}
