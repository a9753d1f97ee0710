import { memberOf } from '../../platform/json/index.js';
import { ExpressionFault, quoted } from '../expression-fault.js';
import { toInteger, toText } from '../values/convert.js';
import type { Budget } from '../budget.js';
import { describe, isList, isMap, type Value } from '../values/value.js';

/** `map.name`: an own member of a map and nothing else. A missing one is a fault, so that the text stays for orca. */
export function property(target: Value, name: string): Value {
  // What `split` gives is an array in Java.
  if (isList(target) && name === 'length') return target.length;
  if (!isMap(target)) throw new ExpressionFault(`${describe(target)} has no property ${quoted(name)}`);
  const value = memberOf(target, name);
  if (value === undefined) throw new ExpressionFault(`there is no property ${quoted(name)}`);
  return value;
}

/** `target[key]`: of a map, where a missing member is null, of a list or of a text. */
export function element(target: Value, key: Value, budget: Budget): Value {
  if (isMap(target)) return memberOf(target, toText(key, budget)) ?? null;
  if (!isList(target) && typeof target !== 'string') throw new ExpressionFault(`${describe(target)} has no elements`);
  const at = toInteger(key);
  const found = target[at];
  if (found === undefined) throw new ExpressionFault(`there is no element ${at}: there are ${target.length}`);
  return found;
}
