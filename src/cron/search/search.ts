import { NONE } from '../schedule/value-set.js';
import type { Schedule } from '../schedule/schedule.js';
import { DaySearch } from './days.js';
import type { WallClock } from './wall-clock.js';

export interface SearchBounds {
  /** No match may have an instant before this one; epoch seconds. */
  readonly notBefore: number;
  /** The last year to look at. */
  readonly lastYear: number;
}

/** Whether the clock already stood where the field wants it, or had to be set, which may have changed any other field. */
type Step = 'stood' | 'set';

/**
 * Sets the clock forward to the next match, or to none: then it returns false.
 *
 * Field by field from the seconds up, and from the start again whenever the clock had to be set: the order in which
 * Quartz does it, which shows wherever the zone does not let the clock stand where it was set.
 */
export function findNext(schedule: Schedule, clock: WallClock, bounds: SearchBounds): boolean {
  const days = new DaySearch(schedule.day, clock, bounds.notBefore);
  while (clock.year <= bounds.lastYear) {
    seekSecond(schedule, clock);
    if (seekMinute(schedule, clock) === 'set' || seekHour(schedule, clock) === 'set') continue;
    if (!days.seek() || seekMonth(schedule, clock) === 'set') continue;
    const year = schedule.years.next(clock.year);
    if (year === clock.year) return true;
    // Years may be written with ten digits: no calendar and no time zone goes that far.
    if (year === NONE || year > bounds.lastYear) return false;
    clock.setDate(year, 1, 1);
  }
  return false;
}

function seekSecond({ seconds }: Schedule, clock: WallClock): void {
  const second = seconds.next(clock.second);
  if (second === NONE) clock.setSecond(clock.minute + 1, seconds.first);
  else if (second !== clock.second) clock.setSecond(clock.minute, second);
}

function seekMinute({ minutes }: Schedule, clock: WallClock): Step {
  const minute = minutes.next(clock.minute);
  if (minute === clock.minute) return 'stood';
  if (minute === NONE) clock.setHour(clock.day, clock.hour + 1, minutes.first);
  else clock.setHour(clock.day, clock.hour, minute);
  return 'set';
}

function seekHour({ hours }: Schedule, clock: WallClock): Step {
  const hour = hours.next(clock.hour);
  if (hour === clock.hour) return 'stood';
  if (hour === NONE) clock.setHour(clock.day + 1, hours.first, 0);
  else clock.setHour(clock.day, hour, 0);
  return 'set';
}

function seekMonth({ months }: Schedule, clock: WallClock): Step {
  const month = months.next(clock.month);
  if (month === clock.month) return 'stood';
  if (month === NONE) clock.setDate(clock.year + 1, months.first, 1);
  else clock.setDate(clock.year, month, 1);
  return 'set';
}
