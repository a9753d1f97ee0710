import { type JsonObject, type JsonValue, keysOf, memberOf, setMember } from '../../platform/json/index.js';
import type { Budget } from '../budget.js';
import { ExpressionFault } from '../expression-fault.js';
import type { SelectionMode } from '../syntax/node.js';
import { asData, describe, isList, isMap, type Value } from '../values/value.js';

/** Evaluates the part in brackets with that element as the current object. */
export type ForElement = (element: JsonValue) => Value;

/** `.![…]`: of every element, what the brackets give. */
export function project(target: Value, each: ForElement, budget: Budget): Value {
  const items = itemsOf(target, budget);
  return items.map((item) => asData(each(item)));
}

/** `.?[…]`, `.^[…]`, `.$[…]`: the elements for which the brackets give true. Of a map, a map. */
export function select(target: Value, mode: SelectionMode, condition: ForElement, budget: Budget): Value {
  const items = itemsOf(target, budget);
  const fitting = pick(items, mode, (item) => isTrue(condition(item)));
  if (mode !== 'all' && fitting.length === 0) return null;
  if (isMap(target)) return mapOf(fitting);
  return mode === 'all' ? fitting : (fitting[0] ?? null);
}

function pick(
  items: readonly JsonValue[],
  mode: SelectionMode,
  fits: (item: JsonValue) => boolean,
): readonly JsonValue[] {
  if (mode === 'all') return items.filter(fits);
  const found = mode === 'first' ? items.find(fits) : items.findLast(fits);
  return found === undefined ? [] : [found];
}

/** A map is walked as entries `{key, value}`. */
function itemsOf(target: Value, budget: Budget): readonly JsonValue[] {
  if (isList(target)) {
    budget.admitList(target.length);
    return target;
  }
  if (!isMap(target)) throw new ExpressionFault(`${describe(target)} has no elements to go through`);
  const keys = keysOf(target);
  budget.admitList(keys.length);
  return keys.map((key) => ({ key, value: memberOf(target, key) ?? null }));
}

function isTrue(value: Value): boolean {
  if (typeof value !== 'boolean') throw new ExpressionFault(`a condition gave ${describe(value)}`);
  return value;
}

function mapOf(entries: readonly JsonValue[]): JsonObject {
  const map: Record<string, JsonValue> = {};
  for (const entry of entries) {
    if (isMap(entry)) setMember(map, String(entry['key']), entry['value'] ?? null);
  }
  return map;
}
