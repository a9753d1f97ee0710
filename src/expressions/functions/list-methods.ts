import type { JsonValue } from '../../platform/json/index.js';
import type { Budget } from '../budget.js';
import { ExpressionFault } from '../expression-fault.js';
import { element } from '../operations/access.js';
import { equals } from '../values/compare.js';
import { toJavaText } from '../values/convert.js';
import type { Value } from '../values/value.js';
import { type Methods, methods, takes } from './method.js';

type List = readonly JsonValue[];

/** What can be asked of a list. */
export const LIST_METHODS: Methods<List> = methods<List>({
  toString: takes(0, (self: List, _args, run) => toJavaText(self, run.budget)),
  size: takes(0, (self) => self.length),
  isEmpty: takes(0, (self) => self.length === 0),
  get: takes(1, (self, args, run) => element(self, args.integer(0), run.budget)),
  contains: takes(1, (self, args, run) => placeOf(self, args.value(0), run.budget) >= 0),
  indexOf: takes(1, (self, args, run) => placeOf(self, args.value(0), run.budget)),
  subList: takes(2, (self, args, run) => part(self, args.integer(0), args.integer(1), run.budget)),
  equals: takes(1, (self, args, run) => equals(self, args.value(0), run.budget)),
});

/** Where the first equal element stands, else -1. */
export function placeOf(list: List, value: Value, budget: Budget): number {
  return list.findIndex((item) => equals(item, value, budget));
}

function part(list: List, start: number, end: number, budget: Budget): List {
  if (start < 0 || end > list.length || start > end) {
    throw new ExpressionFault(`a list of ${list.length} has no part from ${start} to ${end}`);
  }
  budget.admitList(end - start);
  return list.slice(start, end);
}
