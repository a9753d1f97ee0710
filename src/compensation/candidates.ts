import { Injectable } from '@nestjs/common';
import { type Pipeline, PipelineCache, QuietPeriod } from '../pipelines/index.js';
import { Clock } from '../platform/clock/index.js';
import { Settings } from '../platform/settings/index.js';
import { type CronTrigger, CronTriggers, type Slot, SlotPolicy, Timetable, slotKey } from '../slots/index.js';
import type { Candidate } from './candidate.js';
import { compensationConfig } from './compensation.config.js';
import { type Window, slotsWithin, windowAt } from './window.js';

/** Finds the slots that may have been missed: those in the window, without what the quiet period holds back. */
@Injectable()
export class Candidates {
  constructor(
    private readonly cache: PipelineCache,
    private readonly triggers: CronTriggers,
    private readonly timetable: Timetable,
    private readonly policy: SlotPolicy,
    private readonly quietPeriod: QuietPeriod,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** In the order of their instants; none before the first load of pipelines. */
  find(): Candidate[] {
    const window = windowAt(this.clock.now(), {
      windowMs: this.settings.get(compensationConfig.windowMs),
      toleranceMs: this.settings.get(compensationConfig.toleranceMs),
    });
    const isQuiet = this.quietAt();
    return this.pipelines()
      .flatMap((pipeline) =>
        this.triggers
          .of(pipeline)
          .usable.flatMap((trigger) => this.slotsOf(trigger, window))
          .filter(({ at }) => !(pipeline.respectQuietPeriod && isQuiet(at)))
          .map((slot): Candidate => ({ ...slot, pipeline, key: slotKey(slot) })),
      )
      .toSorted((a, b) => a.at - b.at);
  }

  /**
   * A trigger's jitter is no lateness; one may say itself that it is not worth running so late; and what another Echo
   * fires is the other's to miss.
   */
  private slotsOf(trigger: CronTrigger, { floor, ceiling }: Window): Slot[] {
    const worthIt = this.clock.now() - (trigger.catchUpWindowMs ?? Infinity);
    const delay = this.policy.delayMs(trigger);
    const slots = slotsWithin(this.timetable, trigger, Math.max(floor - delay, worthIt), ceiling - delay);
    return slots.filter((slot) => this.policy.firedByAnother(slot) === undefined);
  }

  private pipelines(): readonly Pipeline[] {
    return this.cache.snapshot()?.pipelines ?? [];
  }

  /**
   * While it is quiet nothing of a pipeline that respects that is started late (core.md §7.2); and a slot inside of a
   * quiet period that holds cron triggers back would not have been started either.
   */
  private quietAt(): (at: number) => boolean {
    const { inQuietPeriod, enabled, startTime, endTime } = this.quietPeriod.status();
    if (inQuietPeriod) return () => true;
    const holdsCron = enabled && this.quietPeriod.holds('cron');
    return (at) => holdsCron && startTime <= at && at <= endTime;
  }
}
