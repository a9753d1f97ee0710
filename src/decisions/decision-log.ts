import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../events/index.js';
import { type Decision, type EventDecided, eventDecided } from '../pipelines/index.js';
import { Clock } from '../platform/clock/index.js';
import { Settings } from '../platform/settings/index.js';
import { decisionsConfig } from './decisions.config.js';

/** A decision about a pipeline, with the event that it was made for. */
export type PipelineDecision = Decision &
  Pick<EventDecided, 'inboxId' | 'eventId' | 'eventType'> & { readonly at: string };

interface Entry {
  readonly at: number;
  readonly decided: EventDecided;
}

/** Keeps what was decided about the latest events, so that people can ask why nothing happened. */
@Injectable()
export class DecisionLog implements OnModuleInit {
  private readonly entries: Entry[] = [];
  private readonly capacity: number;

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    settings: Settings,
  ) {
    this.capacity = settings.get(decisionsConfig.capacity);
  }

  onModuleInit(): void {
    this.bus.subscribe(eventDecided, 'decision log', (decided) => {
      if (decided.decisions.length + decided.unusable.length === 0) return;
      this.entries.push({ at: this.clock.now(), decided });
      if (this.entries.length > this.capacity) this.entries.shift();
    });
  }

  /** Of all events with this id, the sender's or Echo's own, newest first. */
  ofEvent(eventId: string): EventDecided[] {
    const wanted = ({ decided }: Entry): boolean => decided.eventId === eventId || decided.inboxId === eventId;
    return this.newestFirst(wanted).map(({ decided }) => decided);
  }

  /** Of one pipeline since an instant (milliseconds since the epoch), newest first. */
  ofPipeline(pipelineId: string, since: number): PipelineDecision[] {
    return this.newestFirst(({ at }) => at >= since).flatMap(({ at, decided }) =>
      decided.decisions
        .filter((decision) => decision.pipelineId === pipelineId)
        .map((decision) => ({
          at: new Date(at).toISOString(),
          inboxId: decided.inboxId,
          eventId: decided.eventId,
          eventType: decided.eventType,
          ...decision,
        })),
    );
  }

  private newestFirst(wanted: (entry: Entry) => boolean): Entry[] {
    return this.entries.filter(wanted).reverse();
  }
}
