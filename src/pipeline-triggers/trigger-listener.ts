import { Inject } from '@nestjs/common';
import type { Counter } from 'prom-client';
import {
  Bus,
  type EchoEvent,
  EchoEventListener,
  EventArchive,
  type EventListener,
  type ReceivedEvent,
  typeOf,
} from '../events/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { withRequestId } from '../platform/request-context/index.js';
import { eventDecided } from '../pipelines/index.js';
import { Inquiry } from './inquiry.js';
import { type Findings, findingsOf, together } from './match/findings.js';
import { MatchStarter } from './match/match-starter.js';
import { Monitors } from './match/monitors.js';
import { triggersMetrics } from './pipeline-triggers.metrics.js';

/** Finds the pipelines that an event starts, starts them, and says what was decided. */
@EchoEventListener({ name: 'pipeline-triggers' })
export class TriggerListener implements EventListener {
  constructor(
    private readonly monitors: Monitors,
    private readonly starter: MatchStarter,
    private readonly bus: Bus,
    private readonly archive: EventArchive,
    @Inject(metricToken(triggersMetrics.eventsProcessed)) private readonly processed: Counter,
  ) {}

  async processEvent(event: EchoEvent, received: ReceivedEvent): Promise<void> {
    const eventType = typeOf(event);
    // One request id for all calls that the event causes, so it is made here and not at each call.
    const context: ReceivedEvent = { ...received, identity: withRequestId(received.identity) };
    const inquiry = new Inquiry(context.identity);
    const findings: Findings[] = [];
    for (const monitor of this.monitors.for(eventType)) {
      this.processed.inc();
      // Most monitors find nothing for most events: that costs nothing here.
      const found = await findingsOf(monitor, context, inquiry, (match) => this.starter.start(match, context));
      if (found) findings.push(found);
    }
    if (findings.length > 0) this.archive.keep(received);
    const { inboxId } = received;
    // Waited for: the event is not done before its decisions are kept.
    await this.bus.publishAndWait(eventDecided, { inboxId, eventId: event.eventId, eventType, ...together(findings) });
  }
}
