import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { type Pipeline, PipelineNotes, type StartRequest } from '../../pipelines/index.js';
import { Settings } from '../../platform/settings/index.js';
import type { CronTrigger } from '../cron-trigger.js';
import { type Slot, anothersKey } from '../slot.js';
import { Timetable } from '../timetable.js';
import { Calendar, faultsOf } from './calendar.js';
import { firedByAnother } from './hand-over.js';
import { type CalendarOptions, policyConfig } from './policy.config.js';

/** Waits in orca until the last run is over; of several that wait orca keeps the latest. */
const WAITING = { limitConcurrent: true, keepWaitingPipelines: false } as const;

/** What operators and authors of triggers want of slots besides their times: who fires and who repairs them asks here. */
@Injectable()
export class SlotPolicy {
  private readonly log = new Logger('Scheduler');
  private calendars: readonly Calendar[] = [];
  private readFrom: readonly CalendarOptions[] = [];

  constructor(
    private readonly settings: Settings,
    private readonly timetable: Timetable,
    private readonly notes: PipelineNotes,
  ) {}

  /**
   * The request for a slot's start with all that holds for it.
   *
   * @param pipeline as the cache has it
   */
  applied(request: StartRequest, slot: Slot, pipeline: Pipeline): StartRequest {
    const another = this.firedByAnother(slot);
    if (another !== undefined) return { ...request, key: anothersKey(slot), heldBackBy: another };
    const overlap = slot.trigger.overlapPolicy ?? this.settings.get(policyConfig.overlapPolicy);
    const heldBackBy = request.heldBackBy ?? this.heldBy(slot, pipeline);
    return {
      ...request,
      ...(overlap === 'buffer-one' && { pipeline: { ...request.pipeline, ...WAITING } }),
      ...(overlap === 'skip' && { skipIfRunning: true }),
      ...(heldBackBy !== undefined && { heldBackBy }),
    };
  }

  /** When the start of a slot goes out; milliseconds since the epoch. */
  goesOutAt({ trigger, at }: Slot): number {
    return at + this.delayMs(trigger);
  }

  /** How long after its slots a trigger's starts go out: anything below its jitter, always the same. */
  delayMs(trigger: Pick<CronTrigger, 'key' | 'jitterMs'>): number {
    const jitter = trigger.jitterMs ?? this.settings.get(policyConfig.jitterMs);
    if (jitter <= 0) return 0;
    return createHash('sha256').update(trigger.key).digest().readUInt32BE() % jitter;
  }

  /** How far back slots that were slept through are run. */
  catchUpMs(trigger: CronTrigger): number {
    return trigger.catchUpWindowMs ?? this.settings.get(policyConfig.catchUpWindowMs);
  }

  /** Why a slot is none of this Echo's to start, for people; `undefined` where it is. */
  firedByAnother({ at }: Slot): string | undefined {
    return firedByAnother(at, this.settings);
  }

  /** The freeze that holds a slot back, for people; `undefined` where there is none. */
  heldBy({ trigger: { application }, at }: Slot, pipeline: Pipeline): string | undefined {
    const subject = { application, labels: this.notes.labels(pipeline) };
    for (const calendar of this.current()) {
      const until = calendar.isFor(subject) ? calendar.heldUntil(at) : undefined;
      if (until !== undefined) return `held by freeze ${calendar.name} until ${new Date(until).toISOString()}`;
    }
    return undefined;
  }

  /** The calendars as they are configured now; what is wrong with them is said when they are new. */
  private current(): readonly Calendar[] {
    const options = this.settings.get(policyConfig.calendars);
    if (options !== this.readFrom) {
      this.readFrom = options;
      this.calendars = options.map((one) => new Calendar(one, this.timetable.zone(one.timeZone)));
      for (const one of options) {
        for (const fault of faultsOf(one, this.timetable.zone(one.timeZone)))
          this.log.error(`scheduler.calendars: ${fault}`);
      }
    }
    return this.calendars;
  }
}
