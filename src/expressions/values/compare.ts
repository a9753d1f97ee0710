import { type JsonObject, type JsonValue, keysOf, memberOf } from '../../platform/json/index.js';
import type { Budget } from '../budget.js';
import { ExpressionFault } from '../expression-fault.js';
import { LIMITS } from '../limits.js';
import { isReal, type NumberValue } from './number.js';
import { describe, isList, isMap, isNumber, type Value } from './value.js';

/** `==`: numbers by their worth (`1 == 1.0`), all else like `equals`; a number never equals a text. */
export function isEqual(left: Value, right: Value, budget: Budget): boolean {
  if (isNumber(left) && isNumber(right)) return sameNumber(left, right);
  return equals(left, right, budget);
}

/** Java's `equals`: lists and maps by their content, and a double never equals a whole number. */
export function equals(left: Value, right: Value, budget: Budget, depth = 0): boolean {
  budget.spend();
  if (depth > LIMITS.depth) throw new ExpressionFault(`a value is nested over ${LIMITS.depth} deep`);
  if (typeof left === 'string' && typeof right === 'string') {
    budget.spendCharacters(Math.min(left.length, right.length));
    return left === right;
  }
  if (isNumber(left) && isNumber(right)) return isReal(left) === isReal(right) && sameNumber(left, right);
  if (isList(left) && isList(right)) return sameItems(left, right, budget, depth);
  if (isMap(left) && isMap(right)) return sameMembers(left, right, budget, depth);
  return left === right;
}

/** Two different whole numbers beyond 2^53 can be one JavaScript number. */
function sameNumber(left: NumberValue, right: NumberValue): boolean {
  const whole = !isReal(left) && !isReal(right);
  return whole ? String(left) === String(right) : Number(left) === Number(right);
}

function sameItems(left: readonly JsonValue[], right: readonly JsonValue[], budget: Budget, depth: number): boolean {
  return left.length === right.length && left.every((item, at) => equals(item, right[at] ?? null, budget, depth + 1));
}

function sameMembers(left: JsonObject, right: JsonObject, budget: Budget, depth: number): boolean {
  const keys = keysOf(left);
  budget.spend(keys.length);
  if (keys.length !== keysOf(right).length) return false;
  return keys.every((key) => {
    const other = memberOf(right, key);
    return other !== undefined && equals(memberOf(left, key) ?? null, other, budget, depth + 1);
  });
}

/** Below, at, or above zero as the left comes before, with, or after the right; null comes before everything. */
export function order(left: Value, right: Value, budget: Budget): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (isNumber(left) && isNumber(right)) return sign(Number(left), Number(right));
  if (typeof left === 'string' && typeof right === 'string') {
    budget.spendCharacters(Math.min(left.length, right.length));
    return sign(left, right);
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  throw new ExpressionFault(`${describe(left)} cannot be compared with ${describe(right)}`);
}

function sign<T extends number | string>(left: T, right: T): number {
  return left < right ? -1 : Number(left > right);
}
