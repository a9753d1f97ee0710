import { ExactNumber, type JsonObject, type JsonValue, isJsonList, isJsonObject } from '../../platform/json/index.js';
import { ExpressionFault } from '../expression-fault.js';

/** A thing that lives only inside an expression, such as a date: it can be asked for data, and is none itself. */
export abstract class Transient {
  /** What it is, for messages: `a date`. */
  abstract readonly what: string;
}

/** What a part of an expression can be: plain data, or something from which plain data is taken. */
export type Value = JsonValue | Transient;

/** A value as data. @throws ExpressionFault for a transient */
export function asData(value: Value): JsonValue {
  if (value instanceof Transient) throw new ExpressionFault(`${value.what} is no value by itself`);
  return value;
}

export function isMap(value: Value): value is JsonObject {
  return isJsonObject(value) && !(value instanceof Transient);
}

export function isList(value: Value): value is readonly JsonValue[] {
  return isJsonList(value);
}

export function isNumber(value: Value): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber;
}

/** What a value is, for messages. */
export function describe(value: Value): string {
  if (value === null) return 'null';
  if (value instanceof Transient) return value.what;
  if (isNumber(value)) return 'a number';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'boolean') return 'a boolean';
  return isList(value) ? 'a list' : 'a map';
}
