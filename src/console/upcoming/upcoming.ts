import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../../events/index.js';
import { type Pipeline, type PipelinesRefreshed, pipelinesRefreshed } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { type CronTrigger, CronTriggers, Timetable } from '../../slots/index.js';

/** A cron trigger with the pipeline that it is on. */
export interface KnownTrigger {
  readonly trigger: CronTrigger;
  readonly pipeline: Pipeline;
}

/** A trigger and one of its slots to come, in milliseconds since the epoch. */
export interface Upcoming extends KnownTrigger {
  readonly at: number;
}

/** Triggers that are due at the same times; `at` is the next one that was looked up. */
interface Schedule {
  readonly at: number;
  readonly members: KnownTrigger[];
}

/** So many pipelines are looked at in one turn of the event loop: events must not wait for a page. */
const AT_ONCE = 200;

const nameOf = ({ timeZone, expression }: CronTrigger): string => `${timeZone} ${expression}`;

/**
 * Knows what is due next. It looks ahead whenever pipelines are loaded, so that a page has little to look up, and it
 * does so by schedule: of many triggers most are due at the same times as others.
 */
@Injectable()
export class UpcomingSlots implements OnModuleInit {
  private known: readonly KnownTrigger[] = [];
  private schedules = new Map<string, Schedule>();
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

  /** The cron triggers of all pipelines, those that are never due too. */
  get triggers(): readonly KnownTrigger[] {
    return this.known;
  }

  /** The next slots of all triggers, the earliest first; a trigger comes as often as it is due among them. */
  next(limit: number): Upcoming[] {
    const now = this.clock.now();
    const first: Schedule[] = [];
    for (const [name, known] of this.schedules) {
      const schedule = known.at > now ? known : this.renew(name, known, now);
      if (schedule) keepFirst(first, schedule, limit);
    }
    return this.unrolled(first, limit);
  }

  /** Takes the earliest again and again, and puts it back with its next slot. */
  private unrolled(first: Schedule[], limit: number): Upcoming[] {
    const slots: Upcoming[] = [];
    for (let next = first.shift(); next && slots.length < limit; next = first.shift()) {
      const { at, members } = next;
      for (const member of members.slice(0, limit - slots.length)) slots.push({ at, ...member });
      const again = this.after(members, at);
      if (again !== undefined) keepFirst(first, { at: again, members }, limit);
    }
    return slots;
  }

  private async lookAhead({ snapshot }: PipelinesRefreshed): Promise<void> {
    const round = ++this.round;
    const found = new Map<string, Schedule>();
    const known: KnownTrigger[] = [];
    for (const [index, pipeline] of snapshot.pipelines.entries()) {
      if (index % AT_ONCE === 0) await turn();
      // A later load has begun: it will know better.
      if (round !== this.round) return;
      for (const trigger of this.cron.of(pipeline).usable) {
        const member = { trigger, pipeline };
        known.push(member);
        this.find(found, member);
      }
    }
    [this.known, this.schedules] = [known, found];
  }

  private find(found: Map<string, Schedule>, member: KnownTrigger): void {
    const [name, now] = [nameOf(member.trigger), this.clock.now()];
    const known = found.get(name);
    if (known) return void known.members.push(member);
    const before = this.schedules.get(name)?.at ?? 0;
    const at = before > now ? before : this.after([member], now);
    if (at !== undefined) found.set(name, { at, members: [member] });
  }

  private renew(name: string, { members }: Schedule, now: number): Schedule | undefined {
    const at = this.after(members, now);
    if (at === undefined) {
      this.schedules.delete(name);
      return undefined;
    }
    const schedule = { at, members };
    this.schedules.set(name, schedule);
    return schedule;
  }

  private after([member]: Schedule['members'], time: number): number | undefined {
    return member && this.timetable.next(member.trigger, time);
  }
}

/** Puts one among the earliest in their order, and drops what is too much: cheaper than to sort all. */
function keepFirst(first: Schedule[], schedule: Schedule, limit: number): void {
  const last = first.at(-1);
  if (last && first.length >= limit && schedule.at >= last.at) return;
  const place = first.findIndex(({ at }) => at > schedule.at);
  first.splice(place < 0 ? first.length : place, 0, schedule);
  if (first.length > limit) first.pop();
}
