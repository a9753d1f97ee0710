import { type Methods, methods, takes } from '../functions/method.js';
import { toInteger } from '../values/convert.js';
import { DAY_MS, plusMonths } from './calendar.js';
import { formatDate } from './date-format.js';
import type { DateFormat } from './date-format-value.js';
import { Day, Instant } from './dates.js';

const SECOND_MS = 1000;

/** What can be asked of an instant. */
export const INSTANT_METHODS: Methods<Instant> = methods<Instant>({
  toString: takes(0, (self: Instant) => self.toString()),
  toEpochMilli: takes(0, (self) => self.epochMs),
  getEpochSecond: takes(0, (self) => Math.floor(self.epochMs / SECOND_MS)),
  plusSeconds: takes(1, (self, args) => new Instant(self.epochMs + args.integer(0) * SECOND_MS)),
  minusSeconds: takes(1, (self, args) => new Instant(self.epochMs - args.integer(0) * SECOND_MS)),
});

/** What can be asked of a day. */
export const DAY_METHODS: Methods<Day> = methods<Day>({
  toString: takes(0, (self: Day) => self.toString()),
  getYear: takes(0, (self) => self.year),
  getMonthValue: takes(0, (self) => self.month),
  getDayOfMonth: takes(0, (self) => self.dayOfMonth),
  plusDays: takes(1, (self, args) => new Day(self.midnightMs + args.integer(0) * DAY_MS)),
  minusDays: takes(1, (self, args) => new Day(self.midnightMs - args.integer(0) * DAY_MS)),
  plusMonths: takes(1, (self, args) => plusMonths(self, args.integer(0))),
  minusMonths: takes(1, (self, args) => plusMonths(self, -args.integer(0))),
});

/** What can be asked of a date format; an instant may be given by its milliseconds. */
export const FORMAT_METHODS: Methods<DateFormat> = methods<DateFormat>({
  format: takes(1, (self, args) => {
    const value = args.value(0);
    const instant = value instanceof Instant ? value : new Instant(toInteger(value));
    return formatDate(self.pattern, instant.epochMs);
  }),
});
