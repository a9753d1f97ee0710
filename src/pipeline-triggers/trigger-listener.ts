import { Inject } from '@nestjs/common';
import type { Counter } from 'prom-client';
import {
  Bus,
  type EchoEvent,
  EchoEventListener,
  type EventListener,
  type ReceivedEvent,
  typeOf,
} from '../events/index.js';
import { messageOf } from '../platform/errors/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { withRequestId } from '../platform/request-context/index.js';
import { type EventDecided, eventDecided } from '../pipelines/index.js';
import { Inquiry } from './inquiry.js';
import { type Matching, type Monitor, NO_MATCH } from './match/match.js';
import { MatchStarter } from './match/match-starter.js';
import { Monitors } from './match/monitors.js';
import { triggersMetrics } from './pipeline-triggers.metrics.js';

type Findings = Pick<EventDecided, 'decisions' | 'omitted' | 'unusable'>;

const NOTHING: Findings = { decisions: [], omitted: 0, unusable: [] };

const together = (findings: readonly Findings[]): Findings => ({
  decisions: findings.flatMap(({ decisions }) => decisions),
  omitted: findings.reduce((sum, { omitted }) => sum + omitted, 0),
  unusable: findings.flatMap(({ unusable }) => unusable),
});

/** Finds the pipelines that an event starts, starts them, and says what was decided. */
@EchoEventListener({ name: 'pipeline-triggers' })
export class TriggerListener implements EventListener {
  constructor(
    private readonly monitors: Monitors,
    private readonly starter: MatchStarter,
    private readonly bus: Bus,
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
      const matching = await this.match(monitor, context, inquiry);
      // Most monitors find nothing for most events: that costs nothing here.
      if (matching !== NO_MATCH) findings.push(await this.settle(monitor, matching, context));
    }
    const decided: EventDecided = {
      inboxId: received.inboxId,
      eventId: event.eventId,
      eventType,
      ...(findings.length === 0 ? NOTHING : together(findings)),
    };
    this.bus.publish(eventDecided, decided);
  }

  private async settle(
    monitor: Monitor,
    { matches, rejections, omitted, unusable }: Matching,
    context: ReceivedEvent,
  ): Promise<Findings> {
    const decisions = [];
    for (const match of matches) decisions.push(await this.starter.start(match, context));
    return {
      decisions: [...decisions, ...rejections],
      omitted,
      unusable: unusable === undefined ? [] : [{ handler: monitor.name, reason: unusable }],
    };
  }

  /** A monitor that throws has found an event it cannot use; the next one goes on. */
  private async match(monitor: Monitor, context: ReceivedEvent, inquiry: Inquiry): Promise<Matching> {
    try {
      return await monitor.match(context, inquiry);
    } catch (error) {
      return { ...NO_MATCH, unusable: messageOf(error) };
    }
  }
}
