import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import {
  type CronTrigger,
  type MisfiredSlot,
  type Pause,
  Pauses,
  type Slot,
  type SlotOutcome,
  SlotPolicy,
  type SlotRecord,
  Timetable,
  pauseOf,
  slotRecord,
} from '../../slots/index.js';
import { schedulerConfig } from '../scheduler.config.js';
import type { DueTrigger, Turn } from '../trigger-store.js';
import { PipelineLookUp } from './pipeline-look-up.js';
import { SlotStarts } from './slot-starts.js';

/** A turn, and why slots of it have no start. */
export interface PlannedTurn extends Turn {
  /** The slots of `starts`, in their order. */
  readonly slots: readonly Slot[];
  readonly misfired: readonly MisfiredSlot[];
  /** Slots of a pipeline that nobody knows. */
  readonly orphaned: readonly Slot[];
}

/** The slots that a due trigger has now, and when it is due again. */
interface Reached {
  readonly slots: readonly Slot[];
  readonly misfired: readonly MisfiredSlot[];
  readonly nextSlot: number | undefined;
}

/** So many slots of one trigger are caught up with at most. */
const MOST_CAUGHT_UP = 100;

/** Works out what is made of triggers that are due: which slots are run, which are too late, and what comes next. */
@Injectable()
export class TurnPlanner {
  constructor(
    private readonly timetable: Timetable,
    private readonly pipelines: PipelineLookUp,
    private readonly starts: SlotStarts,
    private readonly pauses: Pauses,
    private readonly policy: SlotPolicy,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** @param until slots up to this instant are run, each at its own */
  async plan(due: readonly DueTrigger[], until: number): Promise<PlannedTurn[]> {
    const pauses = due.length > 0 ? await this.pauses.all() : [];
    const turns: PlannedTurn[] = [];
    for (const one of due) turns.push(await this.planOne(one, until, pauseOf(pauses, one.trigger)));
    return turns;
  }

  private async planOne(due: DueTrigger, until: number, pause: Pause | undefined): Promise<PlannedTurn> {
    const { slots, misfired, nextSlot } = this.slotsOf(due, until);
    const pipeline = slots.length > 0 ? await this.pipelines.find(due.trigger) : undefined;
    const late = this.records(misfired, 'misfired');
    if (!pipeline) {
      const records = [...late, ...this.records(slots, 'no-pipeline')];
      return { due, nextSlot, starts: [], slots: [], misfired, orphaned: slots, records };
    }
    const starts = await this.starts.prepare(slots, pipeline, pause);
    const now = this.clock.now();
    const fired = slots.map((slot, at) => slotRecord(slot, 'fired', now, starts[at]?.effect.key));
    const records = [...late, ...fired];
    return { due, nextSlot, starts, slots, misfired, orphaned: [], records };
  }

  private records(slots: readonly Slot[], outcome: SlotOutcome): SlotRecord[] {
    return slots.map((slot) => slotRecord(slot, outcome, this.clock.now()));
  }

  /**
   * Each slot within the misfire threshold is run, however late; of those before an action made by hand runs one, and
   * others what is worth catching up with.
   */
  private slotsOf({ trigger, nextSlot: first }: DueTrigger, until: number): Reached {
    const delayMs = this.clock.now() - first;
    if (delayMs <= this.settings.get(schedulerConfig.misfireThresholdMs)) {
      return { misfired: [], ...this.firstFrom(trigger, first, until) };
    }
    const late = { trigger, at: first };
    const rest = this.firstFrom(trigger, this.timetable.next(trigger, this.clock.now()), until);
    const made = trigger.group === 'user' ? [late] : this.sleptThrough(trigger, first);
    const misfired = made[0]?.at === first ? [] : [{ ...late, delayMs }];
    return { misfired, nextSlot: rest.nextSlot, slots: [...made, ...rest.slots] };
  }

  /** What of the time before the misfire threshold is caught up with, the latest slots only. */
  private sleptThrough(trigger: CronTrigger, first: number): Slot[] {
    const now = this.clock.now();
    const from = Math.max(first, now - this.policy.catchUpMs(trigger));
    const slots: Slot[] = [];
    for (let at = this.timetable.next(trigger, from - 1); at !== undefined && at <= now;) {
      slots.push({ trigger, at });
      at = this.timetable.next(trigger, at);
    }
    return slots.slice(-MOST_CAUGHT_UP);
  }

  /** One slot a turn: what others are due for meanwhile comes before the next, and a claim is never larger than its batch. */
  private firstFrom(
    trigger: CronTrigger,
    first: number | undefined,
    until: number,
  ): Pick<Reached, 'slots' | 'nextSlot'> {
    if (first === undefined || first > until) return { slots: [], nextSlot: first };
    return { slots: [{ trigger, at: first }], nextSlot: this.timetable.next(trigger, first) };
  }
}
