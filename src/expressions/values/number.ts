import { ExactNumber, doubleOf, type JsonValue } from '../../platform/json/index.js';
import { ExpressionFault } from '../expression-fault.js';

/** A number as JSON holds it: whole numbers and doubles stay apart, since Java prints and divides them differently. */
export type NumberValue = number | ExactNumber;

/** Whether Java would hold it as a double. A plain whole number was written without a point. */
export function isReal(value: NumberValue): boolean {
  if (value instanceof ExactNumber) return !value.isInteger;
  return !Number.isInteger(value) || String(value).includes('e');
}

/** A whole result. Java's would wrap around at 2^31 or 2^63; a wrapped number is of use to nobody, so it is refused. */
export function integer(value: number): JsonValue {
  if (!Number.isSafeInteger(value)) throw new ExpressionFault('a whole number is too large or undefined');
  return value;
}

/** A result with a fraction, even where that is `.0`. Infinity and NaN have no place in JSON. */
export function real(value: number): JsonValue {
  if (!Number.isFinite(value)) throw new ExpressionFault('a number is infinite or undefined');
  return doubleOf(value);
}
