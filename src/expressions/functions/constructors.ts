import { DateFormat } from '../dates/date-format-value.js';
import { Instant } from '../dates/dates.js';
import { type Methods, methods, takes } from './method.js';

/** All that `new` knows: what it takes to write the current date. Nothing of the host is constructed. */
export const CONSTRUCTORS: Methods<null> = methods<null>({
  'java.util.Date': takes(0, (_self, _args, run) => new Instant(run.options.now)),
  'java.text.SimpleDateFormat': takes(1, (_self, args) => new DateFormat(args.text(0))),
});
