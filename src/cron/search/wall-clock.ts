import { type CivilDate, dayNumber, readDate, SECONDS_PER_DAY, weekdayOf } from './calendar.js';
import type { WallRules } from './wall-rules.js';

/**
 * A clock and calendar on the wall that a search sets forward. It takes a 13th month, a 32nd day or a 24th hour for what
 * comes next, and where the zone leaves a time out it shows where the hands come to stand instead.
 */
export class WallClock implements CivilDate {
  year = 0;
  /** From 1. */
  month = 0;
  day = 0;
  hour = 0;
  minute = 0;
  second = 0;
  /** Days since 1970-01-01. */
  dayNumber = 0;
  readonly #rules: WallRules;

  constructor(rules: WallRules, wall: number) {
    this.#rules = rules;
    this.#read(wall);
  }

  get wall(): number {
    return this.dayNumber * SECONDS_PER_DAY + this.hour * 3600 + this.minute * 60 + this.second;
  }

  /** Sunday is 1. */
  get weekday(): number {
    return weekdayOf(this.dayNumber);
  }

  /** The instant at which a day of the month shown, or of the one before or after, has the time shown. */
  instantOn(dayNumber: number): number {
    return this.#rules.instantOf(this.wall + (dayNumber - this.dayNumber) * SECONDS_PER_DAY);
  }

  /** The weekday on which a day is when it begins: that of the next one for a day that the zone leaves out. */
  weekdayOn(dayNumber: number): number {
    return weekdayOf(Math.floor(this.#rules.settle(dayNumber * SECONDS_PER_DAY) / SECONDS_PER_DAY));
  }

  setSecond(minute: number, second: number): void {
    this.#set(this.dayNumber, this.hour, minute, second);
  }

  /** Sets day of month, hour and minute. An hour that the clocks leave out is tried once more as the next one. */
  setHour(day: number, hour: number, minute: number): void {
    this.#set(this.dayNumber + day - this.day, hour, minute, 0);
    if (this.hour !== hour && hour !== 24) this.#set(this.dayNumber, hour + 1, this.minute, this.second);
  }

  /** Sets the date, at its first second. */
  setDate(year: number, month: number, day: number): void {
    this.#set(dayNumber(year, month, day), 0, 0, 0);
  }

  setDay(day: number): void {
    this.#set(this.dayNumber + day - this.day, 0, 0, 0);
  }

  #set(dayNumber: number, hour: number, minute: number, second: number): void {
    this.#read(this.#rules.settle(dayNumber * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second));
  }

  #read(wall: number): void {
    const days = Math.floor(wall / SECONDS_PER_DAY);
    const time = wall - days * SECONDS_PER_DAY;
    if (days !== this.dayNumber || this.year === 0) readDate(days, this);
    this.dayNumber = days;
    this.hour = Math.floor(time / 3600);
    this.minute = Math.floor(time / 60) % 60;
    this.second = time % 60;
  }
}
