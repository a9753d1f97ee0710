import { Injectable } from '@nestjs/common';
import { isoOf } from '../../platform/query/index.js';
import { type Pipeline, PipelineCache, pipelinesById } from '../../pipelines/index.js';
import { type Pause, Pauses, type Slot, SlotPolicy, pauseOf, pauseText } from '../../slots/index.js';
import { TriggerReader } from './trigger-reader.js';

/** A slot to come, as things stand now. Times are ISO 8601. */
export interface UpcomingSlot {
  readonly slot: string;
  /** When its start goes out: later than the slot where the trigger has a jitter. */
  readonly startsAt: string;
  /** The pause or freeze that holds its start back. */
  readonly heldBy: string | null;
  readonly id: string;
  readonly application: string;
  readonly pipelineId: string;
}

/** Which slots: from one instant up to another, both included. Milliseconds since the epoch. */
export interface UpcomingSpan {
  readonly from: number;
  readonly to: number;
  readonly application: string | undefined;
}

/** As many are shown at most. */
const MOST = 1000;

/** Reads what is to come, and what will be made of it. */
@Injectable()
export class UpcomingSlots {
  constructor(
    private readonly triggers: TriggerReader,
    private readonly cache: PipelineCache,
    private readonly pauses: Pauses,
    private readonly policy: SlotPolicy,
  ) {}

  /** The earliest first. */
  async within({ from, to, application }: UpcomingSpan): Promise<UpcomingSlot[]> {
    const triggers = await this.triggers.of(application);
    const slots = triggers
      .flatMap(({ trigger }) => this.triggers.between(trigger, from - 1, to, MOST).map((at) => ({ at, trigger })))
      .sort((a, b) => a.at - b.at)
      .slice(0, MOST);
    const pauses = await this.pauses.all();
    const snapshot = this.cache.snapshot();
    const pipelines = snapshot && pipelinesById(snapshot);
    return slots.map((slot) =>
      this.shown(slot, pauseOf(pauses, slot.trigger), pipelines?.get(slot.trigger.pipelineId)),
    );
  }

  private shown(slot: Slot, pause: Pause | undefined, pipeline: Pipeline | undefined): UpcomingSlot {
    const { key: id, application, pipelineId } = slot.trigger;
    const held = pause ? pauseText(pause) : pipeline && this.policy.heldBy(slot, pipeline);
    return {
      slot: isoOf(slot.at),
      startsAt: isoOf(this.policy.goesOutAt(slot)),
      heldBy: held ?? null,
      id,
      application,
      pipelineId,
    };
  }
}
