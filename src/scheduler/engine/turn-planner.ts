import { Injectable } from '@nestjs/common';
import { type PreparedStart, Starter } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import { type CronTrigger, type MisfiredSlot, type Slot, Timetable, slotStart } from '../../slots/index.js';
import { schedulerConfig } from '../scheduler.config.js';
import type { DueTrigger, Turn } from '../trigger-store.js';
import { PipelineLookUp } from './pipeline-look-up.js';

/** A turn, and why slots of it have no start. */
export interface PlannedTurn extends Turn {
  /** The slots of `starts`, in their order. */
  readonly slots: readonly Slot[];
  readonly misfired: readonly MisfiredSlot[];
  /** Slots of a pipeline that nobody knows. */
  readonly orphaned: readonly Slot[];
}

/** Works out what is made of triggers that are due: which slots are run, which are too late, and what comes next. */
@Injectable()
export class TurnPlanner {
  constructor(
    private readonly timetable: Timetable,
    private readonly pipelines: PipelineLookUp,
    private readonly starter: Starter,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** @param until slots up to this instant are run, each at its own */
  async plan(due: readonly DueTrigger[], until: number): Promise<PlannedTurn[]> {
    const turns: PlannedTurn[] = [];
    for (const one of due) turns.push(await this.planOne(one, until));
    return turns;
  }

  private async planOne(due: DueTrigger, until: number): Promise<PlannedTurn> {
    const { slots, misfired, nextSlot } = this.slotsOf(due, until);
    const pipeline = slots.length > 0 ? await this.pipelines.find(due.trigger) : undefined;
    if (!pipeline) return { due, nextSlot, starts: [], slots: [], misfired, orphaned: slots };
    const starts: PreparedStart[] = [];
    for (const slot of slots) starts.push(await this.starter.prepare(slotStart(slot, pipeline)));
    return { due, nextSlot, starts, slots, misfired, orphaned: [] };
  }

  /** Each slot within the misfire threshold is run, however late; of those before only an action made by hand runs one. */
  private slotsOf(
    { trigger, nextSlot: first }: DueTrigger,
    until: number,
  ): { slots: Slot[]; misfired: MisfiredSlot[]; nextSlot: number | undefined } {
    const delayMs = this.clock.now() - first;
    if (delayMs <= this.settings.get(schedulerConfig.misfireThresholdMs)) {
      return { misfired: [], ...this.slotsFrom(trigger, first, until) };
    }
    const late = { trigger, at: first };
    const rest = this.slotsFrom(trigger, this.timetable.next(trigger, this.clock.now()), until);
    if (trigger.group === 'user') return { misfired: [], nextSlot: rest.nextSlot, slots: [late, ...rest.slots] };
    return { misfired: [{ ...late, delayMs }], ...rest };
  }

  private slotsFrom(
    trigger: CronTrigger,
    first: number | undefined,
    until: number,
  ): { slots: Slot[]; nextSlot: number | undefined } {
    const slots: Slot[] = [];
    let at = first;
    while (at !== undefined && at <= until) {
      slots.push({ trigger, at });
      at = this.timetable.next(trigger, at);
    }
    return { slots, nextSlot: at };
  }
}
