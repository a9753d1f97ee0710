import type { DayRule } from '../schedule/schedule.js';
import { NONE, type ValueSet } from '../schedule/value-set.js';
import { dayNumber, daysInMonth } from './calendar.js';
import type { WallClock } from './wall-clock.js';

const SUNDAY = 1;
const SATURDAY = 7;

/** The step of a search that finds the day: one per search, since the rules with W must not go back twice. */
export class DaySearch {
  #wentBackTo = -Infinity;

  /** @param notBefore the instant that a match must not lie before, in epoch seconds */
  constructor(
    private readonly rule: DayRule,
    private readonly clock: WallClock,
    private readonly notBefore: number,
  ) {}

  /** Whether the clock stands on a day of the rule; otherwise it has been set, forward except by the rules with W. */
  seek(): boolean {
    const { rule } = this;
    switch (rule.kind) {
      case 'days':
        return this.#listed(rule.days);
      case 'last':
        return this.#last(rule.back);
      case 'nearest':
        return this.#nearest(rule.day, rule.day);
      case 'last-nearest':
        return this.#nearest(this.#daysInMonth() - rule.back, 1);
      case 'weekdays':
        return this.#weekdays(rule.weekdays);
      case 'last-of-weekday':
        return this.#lastOf(rule.weekday);
      case 'nth-of-weekday':
        return this.#nthOf(rule.weekday, rule.nth);
    }
  }

  #listed(days: ValueSet): boolean {
    const day = days.next(this.clock.day);
    if (day === NONE || day > this.#daysInMonth()) return this.#nextMonth(days.first);
    return this.#standOn(day);
  }

  #last(back: number): boolean {
    const day = this.#daysInMonth() - back;
    return day < this.clock.day ? this.#nextMonth(1) : this.#standOn(day);
  }

  /**
   * The day may lie outside of the month (31 in a short month, `L-30` in February): it is counted on into the next or the
   * last one. So this can lead back before the day that the clock shows. Where there turns out to be no match (that month
   * has another day, or the zone leaves the time out) Quartz comes back for ever; here the search goes on with the next
   * month.
   */
  #nearest(wanted: number, dayOfNextMonth: number): boolean {
    const { clock } = this;
    const firstDay = dayNumber(clock.year, clock.month, 1);
    const day = wanted + this.#shiftToWeekday(wanted, clock.weekdayOn(firstDay + wanted - 1));
    const target = firstDay + day - 1;
    if (clock.instantOn(target) < this.notBefore) return this.#nextMonth(dayOfNextMonth);
    if (target < clock.dayNumber) {
      if (target <= this.#wentBackTo) return this.#nextMonth(dayOfNextMonth);
      this.#wentBackTo = target;
    }
    return this.#standOn(day);
  }

  #shiftToWeekday(day: number, weekday: number): number {
    if (weekday === SATURDAY) return day === 1 ? 2 : -1;
    if (weekday === SUNDAY) return day === this.#daysInMonth() ? -2 : 1;
    return 0;
  }

  #weekdays(weekdays: ValueSet): boolean {
    const weekday = weekdays.next(this.clock.weekday);
    return this.#standInMonth(this.clock.day + this.#daysUntil(weekday === NONE ? weekdays.first : weekday));
  }

  #lastOf(weekday: number): boolean {
    const day = this.clock.day + this.#daysUntil(weekday);
    const weeksLeft = Math.max(0, Math.floor((this.#daysInMonth() - day) / 7));
    return this.#standInMonth(day + weeksLeft * 7);
  }

  #nthOf(weekday: number, nth: number): boolean {
    const day = this.clock.day + this.#daysUntil(weekday);
    const weeksAhead = nth - Math.ceil(day / 7);
    return weeksAhead < 0 ? this.#nextMonth(1) : this.#standInMonth(day + weeksAhead * 7);
  }

  /** Weekdays that do not exist, 0 and 8, are counted on like the others: as Saturday, and as a day never reached. */
  #daysUntil(weekday: number): number {
    const ahead = weekday - this.clock.weekday;
    return ahead < 0 ? ahead + 7 : ahead;
  }

  #standInMonth(day: number): boolean {
    return day > this.#daysInMonth() ? this.#nextMonth(1) : this.#standOn(day);
  }

  #standOn(day: number): boolean {
    if (day === this.clock.day) return true;
    this.clock.setDay(day);
    return false;
  }

  #nextMonth(day: number): boolean {
    this.clock.setDate(this.clock.year, this.clock.month + 1, day);
    return false;
  }

  #daysInMonth(): number {
    return daysInMonth(this.clock.year, this.clock.month);
  }
}
