import type { Schedule } from './schedule/schedule.js';
import { findNext } from './search/search.js';
import { WallClock } from './search/wall-clock.js';
import { type DstPolicy, wallRules } from './search/wall-rules.js';
import type { TimeZone } from './zone/time-zone.js';

/** How far beyond the year that a search starts in it looks for a match: what Quartz does, counted from its own start. */
const YEARS_AHEAD = 100;
/** Instants beyond this cannot be told by the calendar; in milliseconds. */
const FARTHEST_MS = 8e15;

export interface NextOptions {
  /** Default `quartz`. */
  readonly dstPolicy?: DstPolicy;
  /** The last year in which a match counts; by default 100 after the year in which the search starts. */
  readonly lastYear?: number;
}

/** A parsed expression of the Quartz dialect: immutable, small, and safe to share. `parseCron` makes them. */
export class CronExpression {
  /**
   * @param text in upper case, as Quartz keeps it and Echo shows it
   * @param schedule what the text allows
   */
  constructor(
    readonly text: string,
    readonly schedule: Schedule,
  ) {}

  /**
   * The first match strictly after an instant; whole seconds. Undefined when there is none, also for the expressions that
   * Quartz accepts and cannot evaluate, like `L` in the seconds.
   *
   * @param afterMs epoch milliseconds
   * @returns epoch milliseconds
   */
  next(afterMs: number, zone: TimeZone, { dstPolicy = 'quartz', lastYear }: NextOptions = {}): number | undefined {
    if (hasEmptyField(this.schedule) || !(Math.abs(afterMs) < FARTHEST_MS)) return undefined;
    const after = Math.floor(afterMs / 1000);
    const rules = wallRules(zone, dstPolicy);
    const clock = new WallClock(rules, rules.wallAfter(after));
    const bounds = { notBefore: after + 1, lastYear: lastYear ?? clock.year + YEARS_AHEAD };
    while (findNext(this.schedule, clock, bounds)) {
      const instant = rules.instantOf(clock.wall);
      if (instant > after) return instant * 1000;
      // Under the fixed policy, in the second pass of repeated times: those here have had their turn in the first one.
      clock.setSecond(clock.minute, clock.second + 1);
    }
    return undefined;
  }
}

function hasEmptyField({ seconds, minutes, hours, months, day }: Schedule): boolean {
  const daysOfWeek = day.kind === 'weekdays' ? day.weekdays : undefined;
  return [seconds, minutes, hours, months, daysOfWeek].some((values) => values?.isEmpty);
}
