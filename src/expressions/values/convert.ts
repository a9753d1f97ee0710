import { type JsonValue, javaText } from '../../platform/json/index.js';
import type { Budget } from '../budget.js';
import { ExpressionFault, quoted } from '../expression-fault.js';
import { measure } from './measure.js';
import { asData, describe, isList, isMap, isNumber, type Value } from './value.js';

/**
 * A value where a text is wanted: in a mixed template, as an argument. Lists are joined by commas (`1,2`), maps have no
 * text here, unlike in `toString()`.
 */
export function toText(value: Value, budget: Budget): string {
  const data = asData(value);
  if (typeof data === 'string') return data;
  if (!isList(data)) return scalarText(data);
  measure(data, budget);
  return joined(data);
}

/** Null between other elements, or beside a plus, is the word. */
function joined(items: readonly JsonValue[]): string {
  return items.map((item) => (isList(item) ? joined(item) : item === null ? 'null' : scalarText(item))).join(',');
}

function scalarText(value: JsonValue): string {
  if (value === null || isMap(value)) throw new ExpressionFault(`${describe(value)} has no text`);
  return javaText(value);
}

/** What `toString()` gives: `[1, 2]`, `{a=1}`. */
export function toJavaText(value: Value, budget: Budget): string {
  const data = asData(value);
  measure(data, budget);
  return javaText(data);
}

const TRUE = /^\s{0,9}(?:true|on|yes|1)\s{0,9}$/i;
const FALSE = /^\s{0,9}(?:false|off|no|0)\s{0,9}$/i;

/** A value where a condition is wanted: parameters of a pipeline are texts, so some texts count. */
export function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') throw new ExpressionFault(`${describe(value)} is neither true nor false`);
  if (TRUE.test(value)) return true;
  if (FALSE.test(value)) return false;
  throw new ExpressionFault(`${quoted(value)} is neither true nor false`);
}

/** A value where a whole number is wanted: a fraction is cut off, a text may hold one. */
export function toInteger(value: Value): number {
  const isDigits = typeof value === 'string' && /^[+-]?\d{1,16}$/.test(value);
  const number = isNumber(value) || isDigits ? Math.trunc(Number(value)) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new ExpressionFault(`${describe(value)} is no whole number`);
  return number;
}
