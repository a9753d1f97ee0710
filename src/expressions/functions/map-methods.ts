import { type JsonObject, type JsonValue, keysOf, memberOf } from '../../platform/json/index.js';
import type { Budget } from '../budget.js';
import { equals } from '../values/compare.js';
import { toJavaText } from '../values/convert.js';
import { placeOf } from './list-methods.js';
import { type Methods, methods, takes } from './method.js';

/** What can be asked of a map. Keys and values come as lists, in the order of the document. */
export const MAP_METHODS: Methods<JsonObject> = methods<JsonObject>({
  toString: takes(0, (self: JsonObject, _args, run) => toJavaText(self, run.budget)),
  size: takes(0, (self, _args, run) => keys(self, run.budget).length),
  isEmpty: takes(0, (self, _args, run) => keys(self, run.budget).length === 0),
  get: takes(1, (self, args) => memberOf(self, args.text(0)) ?? null),
  getOrDefault: takes(2, (self, args) => {
    const found = memberOf(self, args.text(0));
    return found === undefined ? args.value(1) : found;
  }),
  containsKey: takes(1, (self, args) => memberOf(self, args.text(0)) !== undefined),
  containsValue: takes(1, (self, args, run) => placeOf(values(self, run.budget), args.value(0), run.budget) >= 0),
  keySet: takes(0, (self, _args, run) => keys(self, run.budget)),
  values: takes(0, (self, _args, run) => values(self, run.budget)),
  equals: takes(1, (self, args, run) => equals(self, args.value(0), run.budget)),
});

function keys(map: JsonObject, budget: Budget): readonly string[] {
  const names = keysOf(map);
  budget.admitList(names.length);
  return names;
}

function values(map: JsonObject, budget: Budget): readonly JsonValue[] {
  return keys(map, budget).map((key) => memberOf(map, key) ?? null);
}
