import { DAY_METHODS, FORMAT_METHODS, INSTANT_METHODS } from '../dates/date-methods.js';
import { DateFormat } from '../dates/date-format-value.js';
import { Day, Instant } from '../dates/dates.js';
import { ExpressionFault } from '../expression-fault.js';
import type { Run } from '../run.js';
import { describe, isList, isMap, isNumber, type Value } from '../values/value.js';
import { LIST_METHODS } from './list-methods.js';
import { MAP_METHODS } from './map-methods.js';
import { call } from './method.js';
import { BOOLEAN_METHODS, NUMBER_METHODS } from './scalar-methods.js';
import { TEXT_METHODS } from './text-methods.js';

/** `target.name(…)`: the kind of the target picks the closed list in which the name is looked up. */
export function callMethod(target: Value, name: string, args: readonly Value[], run: Run): Value {
  const owner = describe(target);
  if (typeof target === 'string') {
    run.budget.spendCharacters(target.length);
    return call(TEXT_METHODS, owner, name, target, args, run);
  }
  if (typeof target === 'boolean') return call(BOOLEAN_METHODS, owner, name, target, args, run);
  if (isNumber(target)) return call(NUMBER_METHODS, owner, name, target, args, run);
  if (isList(target)) return call(LIST_METHODS, owner, name, target, args, run);
  if (isMap(target)) return call(MAP_METHODS, owner, name, target, args, run);
  if (target instanceof Instant) return call(INSTANT_METHODS, owner, name, target, args, run);
  if (target instanceof Day) return call(DAY_METHODS, owner, name, target, args, run);
  if (target instanceof DateFormat) return call(FORMAT_METHODS, owner, name, target, args, run);
  throw new ExpressionFault(`${owner} has no functions`);
}
