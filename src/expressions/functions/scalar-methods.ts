import { equals, order } from '../values/compare.js';
import { toJavaText } from '../values/convert.js';
import { integer, type NumberValue, real } from '../values/number.js';
import { type Methods, methods, takes } from './method.js';

const wholeOf = (self: NumberValue) => integer(Math.trunc(Number(self)));

/** What can be asked of a number. */
export const NUMBER_METHODS: Methods<NumberValue> = methods<NumberValue>({
  toString: takes(0, (self: NumberValue, _args, run) => toJavaText(self, run.budget)),
  equals: takes(1, (self, args, run) => equals(self, args.value(0), run.budget)),
  compareTo: takes(1, (self, args, run) => order(self, args.value(0), run.budget)),
  intValue: takes(0, wholeOf),
  longValue: takes(0, wholeOf),
  doubleValue: takes(0, (self) => real(Number(self))),
});

/** What can be asked of a boolean. */
export const BOOLEAN_METHODS: Methods<boolean> = methods<boolean>({
  toString: takes(0, (self: boolean) => String(self)),
  equals: takes(1, (self, args) => self === args.value(0)),
  booleanValue: takes(0, (self) => self),
});
