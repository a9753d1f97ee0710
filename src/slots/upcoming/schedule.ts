import type { Pipeline } from '../../pipelines/index.js';
import type { CronTrigger } from '../cron-trigger.js';
import type { Timetable } from '../timetable.js';

/** A cron trigger with the pipeline that it starts, where that one is loaded. */
export interface KnownTrigger {
  readonly trigger: CronTrigger;
  readonly pipeline: Pipeline | undefined;
}

/** Triggers that are due at the same times. */
export interface Schedule {
  readonly times: Times;
  readonly members: readonly KnownTrigger[];
}

/** When an expression is due in a zone. The next time is remembered: pages ask for it again and again. */
export class Times {
  private ahead: number | undefined = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly timetable: Timetable,
    private readonly scheduled: Pick<CronTrigger, 'expression' | 'timeZone'>,
  ) {}

  /** The first time after now. Instants are milliseconds since the epoch. */
  next(now: number): number | undefined {
    if (this.ahead !== undefined && this.ahead <= now) this.ahead = this.after(now);
    return this.ahead;
  }

  /** The first time that is not before `from`. */
  first(from: number, now: number): number | undefined {
    const next = this.next(now);
    return from > now && (next === undefined || from <= next) ? next : this.after(from - 1);
  }

  after(at: number): number | undefined {
    return this.timetable.next(this.scheduled, at);
  }
}
