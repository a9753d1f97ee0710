import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { wallTime } from '../../cron/index.js';
import { Clock } from '../../platform/clock/index.js';
import { type Pause, Pauses, pauseOf, pauseText } from '../pauses.js';
import { SlotPolicy } from '../policy/slot-policy.js';
import type { Slot } from '../slot.js';
import { Timetable } from '../timetable.js';
import { Earliest } from './earliest.js';
import { KnownTriggers } from './known-triggers.js';
import type { KnownTrigger, Schedule } from './schedule.js';

/** A slot to come, as things stand now. Milliseconds since the epoch. */
export interface UpcomingSlot extends Slot, KnownTrigger {
  /** What the clocks of its zone show at the slot: `Mon 2026-11-30 10:00:00`. */
  readonly wallTime: string;
  /** When its start goes out: later than the slot where the trigger has a jitter. */
  readonly startsAt: number;
  /** The pause or freeze that holds its start back, or that another Echo fires it. */
  readonly heldBy: string | undefined;
}

/** Which slots: from one instant up to another, both included, and no more than `limit`. Milliseconds since the epoch. */
export interface UpcomingSpan {
  /** Else after now. */
  readonly from?: number | undefined;
  /** Else there is no end. */
  readonly to?: number | undefined;
  /** In any case of letters; else all. */
  readonly application?: string | undefined;
  readonly limit: number;
}

/** So many schedules are looked at in one turn of the event loop: events must not wait for a page. */
const AT_ONCE = 5000;

/** Knows what is to come, and what will be made of it. */
@Injectable()
export class UpcomingSlots {
  constructor(
    private readonly known: KnownTriggers,
    private readonly pauses: Pauses,
    private readonly policy: SlotPolicy,
    private readonly timetable: Timetable,
    private readonly clock: Clock,
  ) {}

  /** Of all triggers, the earliest first; a trigger comes as often as it is due. */
  async within({ application, ...span }: UpcomingSpan): Promise<UpcomingSlot[]> {
    const schedules = await this.known.schedules();
    return this.slotsOf(application === undefined ? schedules : onlyOf(schedules, application.toLowerCase()), span);
  }

  /** The next slot of one trigger, milliseconds since the epoch. */
  next(known: KnownTrigger): number | undefined {
    return this.known.scheduleOf(known).times.next(this.clock.now());
  }

  /** The next slots of one trigger. */
  of(known: KnownTrigger, limit: number): Promise<UpcomingSlot[]> {
    return this.slotsOf([this.known.scheduleOf(known)], { limit });
  }

  private async slotsOf(schedules: readonly Schedule[], span: UpcomingSpan): Promise<UpcomingSlot[]> {
    const now = this.clock.now();
    const { from = now + 1, to = Number.POSITIVE_INFINITY, limit } = span;
    const earliest = new Earliest(to, limit);
    for (const [index, schedule] of schedules.entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await turn();
      earliest.add(schedule, schedule.times.first(from, now));
    }
    const pauses = await this.pauses.all();
    return earliest.slots().map((slot) => this.shown(slot, pauseOf(pauses, slot.trigger)));
  }

  private shown(slot: Slot & KnownTrigger, pause: Pause | undefined): UpcomingSlot {
    const { at, trigger } = slot;
    return {
      ...slot,
      wallTime: wallTime(at, this.timetable.zone(trigger.timeZone)),
      startsAt: this.policy.goesOutAt(slot),
      heldBy: this.heldBy(slot, pause),
    };
  }

  private heldBy(slot: Slot & KnownTrigger, pause: Pause | undefined): string | undefined {
    const another = this.policy.firedByAnother(slot);
    if (another !== undefined) return another;
    return pause ? pauseText(pause) : slot.pipeline && this.policy.heldBy(slot, slot.pipeline);
  }
}

function onlyOf(schedules: readonly Schedule[], application: string): Schedule[] {
  return schedules
    .map(({ times, members }) => ({
      times,
      members: members.filter(({ trigger }) => trigger.application.toLowerCase() === application),
    }))
    .filter(({ members }) => members.length > 0);
}
