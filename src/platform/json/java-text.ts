import { ExactNumber } from './exact-number.js';
import { isJsonList, type JsonObject, type JsonValue } from './json-value.js';
import { keysOf } from './members.js';

/**
 * A value as Java prints it. Constraints of triggers are matched against this text and trigger ids are derived from
 * it: lists `[a, b]`, objects `{k=v, l=w}`, integers as they are, doubles `1.5`, `100.0` or `1.0E10`.
 */
export function javaText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (value instanceof ExactNumber) return value.isInteger ? value.token : javaDouble(value.valueOf());
  if (typeof value !== 'object' || value === null) return String(value);
  return isJsonList(value) ? `[${value.map((item) => javaText(item)).join(', ')}]` : objectText(value);
}

function objectText(object: JsonObject): string {
  return `{${keysOf(object)
    .map((key) => `${key}=${javaText(object[key] ?? null)}`)
    .join(', ')}}`;
}

/** A number without fraction and exponent was read from an integer: a whole double is an `ExactNumber`. */
function numberText(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? text : javaDouble(value);
}

/** A double as Java writes it: plain from a thousandth up to ten millions, else with an exponent, never without a point. */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const text = Object.is(value, -0) ? '-0' : String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}
