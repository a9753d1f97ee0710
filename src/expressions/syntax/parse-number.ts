import { doubleOf, type JsonValue } from '../../platform/json/index.js';
import { ExpressionFault, quoted } from '../expression-fault.js';

/** A whole number as written, decimal or hexadecimal, with or without the mark `L`. */
export function parseInteger(literal: string): JsonValue {
  const value = Number(literal.replace(/l$/i, ''));
  if (!Number.isSafeInteger(value)) throw new ExpressionFault(`the number ${quoted(literal)} is too large`);
  return value;
}

/** A number with fraction, exponent, or the mark `f` or `d`. */
export function parseReal(literal: string): JsonValue {
  const value = Number(literal.replace(/[fd]$/i, ''));
  if (!Number.isFinite(value)) throw new ExpressionFault(`the number ${quoted(literal)} is too large`);
  return doubleOf(value);
}
