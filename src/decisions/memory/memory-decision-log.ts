import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AgedOut, Bus } from '../../events/index.js';
import { type EventDecided, eventDecided } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import { DecisionLog, type PipelineDecision, decisionsOn, isWorthKeeping } from '../decision-log.js';
import { decisionsConfig } from '../decisions.config.js';

interface Entry {
  readonly at: number;
  readonly decided: EventDecided;
}

/** The decisions about the latest events of one instance without a database. */
@Injectable()
export class MemoryDecisionLog extends DecisionLog implements OnModuleInit {
  private readonly entries: Entry[] = [];
  private readonly capacity: number;

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly agedOut: AgedOut,
    settings: Settings,
  ) {
    super();
    this.capacity = settings.get(decisionsConfig.capacity);
  }

  onModuleInit(): void {
    this.bus.subscribe(eventDecided, 'decision log', (decided) => {
      if (!isWorthKeeping(decided)) return;
      this.entries.push({ at: this.clock.now(), decided });
      if (this.entries.length <= this.capacity) return;
      this.entries.shift();
      this.agedOut.note('decisions', 1, decisionsConfig.capacity);
    });
  }

  ofEvent(eventId: string): Promise<EventDecided[]> {
    const wanted = ({ decided }: Entry): boolean => decided.eventId === eventId || decided.inboxId === eventId;
    return Promise.resolve(this.newestFirst(wanted).map(({ decided }) => decided));
  }

  ofPipelines(pipelineIds: readonly string[], since: number, limit: number): Promise<PipelineDecision[]> {
    const ids = new Set(pipelineIds);
    const found = this.newestFirst(({ at }) => at >= since).map(({ at, decided }) => decisionsOn(ids, decided, at));
    return Promise.resolve(
      found
        .filter(({ length }) => length > 0)
        .slice(0, limit)
        .flat(),
    );
  }

  latest(limit: number): Promise<EventDecided[]> {
    return Promise.resolve(
      this.entries
        .slice(-limit)
        .reverse()
        .map(({ decided }) => decided),
    );
  }

  private newestFirst(wanted: (entry: Entry) => boolean): Entry[] {
    return this.entries.filter(wanted).reverse();
  }
}
