import { type EchoEvent, EchoEventListener, type EventListener, type ReceivedEvent } from '../events/index.js';
import { withRequestId } from '../platform/request-context/index.js';
import { Forwarder } from './forwarder.js';

/** Forwards every event. */
@EchoEventListener({ name: 'rest-forwarder' })
export class ForwardListener implements EventListener {
  constructor(private readonly forwarder: Forwarder) {}

  async processEvent(event: EchoEvent, { inboxId, identity }: ReceivedEvent): Promise<void> {
    const { application } = event.details ?? {};
    const cause = {
      inboxId,
      ...(event.eventId !== null && { eventId: event.eventId }),
      ...(typeof application === 'string' && { application }),
    };
    await this.forwarder.forward({ event, identity: withRequestId(identity), key: inboxId, cause });
  }
}
