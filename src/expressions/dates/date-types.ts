import { type Methods, methods, takes } from '../functions/method.js';
import { dayAt, dayOf, parseDay, parseInstant } from './calendar.js';
import { Instant } from './dates.js';

const INSTANT: Methods<null> = methods<null>({
  now: takes(0, (_self, _args, run) => new Instant(run.options.now)),
  parse: takes(1, (_self, args) => parseInstant(args.text(0))),
  ofEpochMilli: takes(1, (_self, args) => new Instant(args.integer(0))),
  ofEpochSecond: takes(1, (_self, args) => new Instant(args.integer(0) * 1000)),
});

const LOCAL_DATE: Methods<null> = methods<null>({
  /** Today in UTC, whatever the zone of the machine. */
  now: takes(0, (_self, _args, run) => dayOf(run.options.now)),
  parse: takes(1, (_self, args) => parseDay(args.text(0))),
  of: takes(3, (_self, args) => dayAt(args.integer(0), args.integer(1), args.integer(2))),
});

/** The functions of date types. */
export const DATE_TYPES: readonly (readonly [string, Methods<null>])[] = [
  ['java.time.Instant', INSTANT],
  ['java.time.LocalDate', LOCAL_DATE],
];
