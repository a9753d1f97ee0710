import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../events/index.js';
import { type Pipeline, type PipelinesRefreshed, pipelinesRefreshed } from '../pipelines/index.js';
import { Clock } from '../platform/clock/index.js';
import { type CronTrigger, CronTriggers, Timetable } from '../slots/index.js';

/** A trigger and its next slot, in milliseconds since the epoch. */
export interface Upcoming {
  readonly at: number;
  readonly trigger: CronTrigger;
  readonly pipeline: Pipeline;
}

/** So many pipelines are looked at in one turn of the event loop: events must not wait for a page. */
const AT_ONCE = 200;

/** Knows what is due next. It looks ahead when pipelines are loaded, so that a page has only to choose. */
@Injectable()
export class UpcomingSlots implements OnModuleInit {
  private known = new Map<string, Upcoming>();
  private round = 0;

  constructor(
    private readonly bus: Bus,
    private readonly cron: CronTriggers,
    private readonly timetable: Timetable,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.subscribe(pipelinesRefreshed, 'console', (refreshed) => this.lookAhead(refreshed));
  }

  /** The next slots of all triggers, the earliest first. */
  async next(limit: number): Promise<Upcoming[]> {
    const now = this.clock.now();
    const first: Upcoming[] = [];
    let renewed = 0;
    for (const [key, known] of [...this.known]) {
      if (known.at <= now && ++renewed % AT_ONCE === 0) await turn();
      const upcoming = known.at > now ? known : this.renew(key, known, now);
      if (upcoming) keepFirst(first, upcoming, limit);
    }
    return first;
  }

  private async lookAhead({ snapshot }: PipelinesRefreshed): Promise<void> {
    const round = ++this.round;
    const found = new Map<string, Upcoming>();
    for (const [index, pipeline] of snapshot.pipelines.entries()) {
      if (index % AT_ONCE === 0) await turn();
      // A later load has begun: it will know better.
      if (round !== this.round) return;
      for (const trigger of this.cron.of(pipeline).usable) this.find(found, trigger, pipeline);
    }
    this.known = found;
  }

  private find(found: Map<string, Upcoming>, trigger: CronTrigger, pipeline: Pipeline): void {
    const before = this.known.get(trigger.key);
    const at = before?.trigger === trigger ? before.at : this.timetable.next(trigger, this.clock.now());
    if (at !== undefined) found.set(trigger.key, { at, trigger, pipeline });
  }

  private renew(key: string, { trigger, pipeline }: Upcoming, now: number): Upcoming | undefined {
    const at = this.timetable.next(trigger, now);
    if (at === undefined) {
      this.known.delete(key);
      return undefined;
    }
    const upcoming = { at, trigger, pipeline };
    this.known.set(key, upcoming);
    return upcoming;
  }
}

/** Puts one among the earliest in their order, and drops what is too much: cheaper than to sort all. */
function keepFirst(first: Upcoming[], upcoming: Upcoming, limit: number): void {
  const last = first.at(-1);
  if (last && first.length >= limit && upcoming.at >= last.at) return;
  const place = first.findIndex(({ at }) => at > upcoming.at);
  first.splice(place < 0 ? first.length : place, 0, upcoming);
  if (first.length > limit) first.pop();
}
