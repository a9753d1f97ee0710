import { Injectable, Logger } from '@nestjs/common';
import { type EchoEvent, EchoEventListener, type EventListener, type ReceivedEvent } from 'echo';

/** Keeps the latest events of each type, and logs each one. */
@Injectable()
@EchoEventListener({ name: 'audit' })
export class AuditListener implements EventListener {
  private readonly log = new Logger('Audit');
  private readonly counts = new Map<string, number>();

  processEvent(event: EchoEvent, received: ReceivedEvent): void {
    const type = event.details?.type ?? 'unknown';
    this.counts.set(type, (this.counts.get(type) ?? 0) + 1);
    this.log.log({ message: `${type} from ${event.details?.source ?? 'somebody'}`, inboxId: received.inboxId });
  }

  /** How many events of each type were seen. */
  seen(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts);
  }
}
