import { MAX_NESTING, isFaithful, parseExactly } from './exact-parser.js';
import { isJsonList, type JsonObject, type JsonValue } from './json-value.js';

/** Tokens that may not survive as JavaScript numbers: with fraction or exponent, or 16 digits and more. */
const LONG_NUMBER = /(?:^|[:,[\s])(-?\d+(?:[.eE]|\d{15})[\d.eE+-]*)/g;

/**
 * Reads a JSON text. Almost always that is `JSON.parse`; only a text that has numbers which a double would bend, or
 * members that JavaScript would put in another order, is read again by the exact parser.
 *
 * @throws InvalidJsonError when the text is not JSON, is nested more than 2000 deep or has a number of more than 5000 digits
 */
export function parseJson(text: string): JsonValue {
  const value = parseNatively(text);
  if (value === undefined) return parseExactly(text);
  return isPeculiar(value, 0) || hasUnfaithfulNumber(text) ? parseExactly(text) : value;
}

/** The exact parser takes over where this fails: it says what is wrong, or forgives what the original forgives. */
function parseNatively(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function hasUnfaithfulNumber(text: string): boolean {
  for (const [, token = ''] of text.matchAll(LONG_NUMBER)) {
    if (!isFaithful(token)) return true;
  }
  return false;
}

/** Whether a document is nested too deeply, or has an object whose number-like names JavaScript may have moved. */
function isPeculiar(value: JsonValue | undefined, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === MAX_NESTING) return true;
  if (isJsonList(value)) {
    for (const item of value) if (isPeculiar(item, depth + 1)) return true;
    return false;
  }
  let members = 0;
  let indexFirst = false;
  // `for in` is several times faster here than a list of the keys, and JSON.parse makes no inherited members
  for (const key in value) {
    members++;
    if (members === 1) indexFirst = startsWithDigit(key);
    else if (indexFirst) return true;
    if (isPeculiar((value as JsonObject)[key], depth + 1)) return true;
  }
  return false;
}

function startsWithDigit(key: string): boolean {
  const code = key.charCodeAt(0);
  return code >= 48 && code <= 57;
}
