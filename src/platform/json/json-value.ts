import { ExactNumber } from './exact-number.js';

/** What a JSON text can hold, read-only. Numbers that a JavaScript number would bend are `ExactNumber`s. */
export type JsonValue = null | boolean | number | string | ExactNumber | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Whether a value is a JSON object: neither a list, nor null, nor an exact number. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** Whether a value is a JSON list. (`Array.isArray` does not narrow a read-only list.) */
export function isJsonList(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}
