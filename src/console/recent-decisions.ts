import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../events/index.js';
import { type Decision, type EventDecided, eventDecided } from '../pipelines/index.js';
import { Clock } from '../platform/clock/index.js';

/** One decision with the event that it is about. */
export interface RecentDecision {
  readonly at: number;
  readonly event: Pick<EventDecided, 'inboxId' | 'eventId' | 'eventType'>;
  readonly decision: Decision;
}

const KEPT = 5_000;

/** The latest decisions of this instance. */
@Injectable()
export class RecentDecisions implements OnModuleInit {
  private readonly decisions: RecentDecision[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.subscribe(eventDecided, 'console', (event) => {
      const at = this.clock.now();
      for (const decision of event.decisions) this.decisions.push({ at, event, decision });
      if (this.decisions.length > 2 * KEPT) this.decisions.splice(0, this.decisions.length - KEPT);
    });
  }

  /** Newest first; where an id is given only those of that event, pipeline or application. */
  latest(limit: number, id = ''): RecentDecision[] {
    const wanted = ({ event, decision }: RecentDecision): boolean =>
      [event.eventId, event.inboxId, decision.pipelineId, decision.pipelineName, decision.application].includes(id);
    const found: RecentDecision[] = [];
    for (let at = this.decisions.length - 1; at >= 0 && found.length < limit; at--) {
      const decision = this.decisions[at];
      if (decision && (id === '' || wanted(decision))) found.push(decision);
    }
    return found;
  }
}
