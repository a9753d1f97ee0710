import { type JsonValue, keysOf } from '../../platform/json/index.js';
import type { Budget } from '../budget.js';
import { ExpressionFault } from '../expression-fault.js';
import { LIMITS } from '../limits.js';
import { isList, isMap } from './value.js';

/**
 * Pays for writing a value out, and refuses one that is too large or too deep, before the text is made. Few lists that
 * hold each other twice (`{x, x}` again and again) are a huge text, so nothing is written unmeasured.
 */
export function measure(value: JsonValue, budget: Budget): void {
  budget.admitText(sizeOf(value, budget, 0));
}

function sizeOf(value: JsonValue, budget: Budget, depth: number): number {
  budget.spend();
  if (depth > LIMITS.depth) throw new ExpressionFault(`a value is nested over ${LIMITS.depth} deep`);
  if (typeof value === 'string') return value.length;
  let size = 2;
  if (isList(value)) {
    for (const item of value) size += 2 + sizeOf(item, budget, depth + 1);
  } else if (isMap(value)) {
    for (const key of keysOf(value)) size += key.length + 2 + sizeOf(value[key] ?? null, budget, depth + 1);
  }
  return size;
}
