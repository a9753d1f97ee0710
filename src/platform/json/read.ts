import { CoercionError, describeValue } from './coercion-error.js';
import { ExactNumber } from './exact-number.js';
import { javaText } from './java-text.js';
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from './json-value.js';
import { keysOf, memberOf, setMember } from './members.js';

/** Takes a value, or nothing, as some type. Throws a `CoercionError` when it can't be. */
export type Reader<T> = (value: JsonValue | undefined) => T;

const TRUTH = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);
const INT_LIMIT = 2 ** 31;

function fault(expected: string, value: JsonValue | undefined): CoercionError {
  return new CoercionError('', expected, describeValue(value));
}

/** Null, and a text that is blank or says `null`, where a number or a flag should be: nobody's value. */
function isAbsent(value: JsonValue | undefined): boolean {
  return value === null || value === undefined || (typeof value === 'string' && /^\s*(?:null\s*)?$/.test(value));
}

/** A flag that may be absent. Truth is `true`, `"true"`, `"True"`, `"TRUE"` and any integer but 0. */
function optionalFlag(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (isAbsent(value)) return undefined;
  if (typeof value === 'string') {
    const known = TRUTH.get(value.trim());
    if (known !== undefined) return known;
  }
  if (isInteger(value)) return javaText(value) !== '0';
  throw fault('true or false', value);
}

function isInteger(value: JsonValue | undefined): value is number | ExactNumber {
  return value instanceof ExactNumber ? value.isInteger : Number.isInteger(value);
}

/** A 32-bit integer that may be absent. Fractions are cut off; a text must be an integer. */
function int(value: JsonValue | undefined): number | undefined {
  if (isAbsent(value)) return undefined;
  const number = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' && !(number instanceof ExactNumber)) throw fault('a whole number', value);
  const whole = Math.trunc(Number(number));
  if (whole >= -INT_LIMIT && whole < INT_LIMIT) return whole;
  throw fault('a whole number of 32 bits', value);
}

/** A text that may be absent. Numbers and flags are taken as their text. */
function text(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return undefined;
  if (isJsonList(value) || isJsonObject(value)) throw fault('a text', value);
  return javaText(value);
}

function object(value: JsonValue | undefined): JsonObject | undefined {
  if (value === null || value === undefined) return undefined;
  if (isJsonObject(value)) return value;
  throw fault('an object', value);
}

function list(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  if (value === null || value === undefined) return undefined;
  if (isJsonList(value)) return value;
  throw fault('a list', value);
}

/** Runs a reader on a part of a document, so that its error tells the whole path. */
function inside<T>(segment: string, reader: Reader<T>, value: JsonValue | undefined): T {
  try {
    return reader(value);
  } catch (error) {
    throw error instanceof CoercionError ? error.under(segment) : error;
  }
}

/**
 * How the original's JSON mapper takes what people write, by type. Null and a missing member are the same; a wrong
 * type is a `CoercionError` with the path of the fault.
 */
export const read = {
  text,
  int,
  object,
  list,
  optionalFlag,

  /** A flag; absent is false. */
  flag: (value: JsonValue | undefined): boolean => optionalFlag(value) ?? false,

  /** A list whose items are read one by one. */
  listOf:
    <T>(item: Reader<T>): Reader<readonly T[] | undefined> =>
    (value) =>
      list(value)?.map((entry, index) => inside(`[${index}]`, item, entry)),

  /** An object from text to text; null members stay null. */
  texts: (value: JsonValue | undefined): Readonly<Record<string, string | null>> | undefined => {
    const source = object(value);
    if (source === undefined) return undefined;
    const draft: Record<string, string | null> = {};
    for (const key of keysOf(source)) setMember(draft, key, inside(key, text, source[key]) ?? null);
    return draft;
  },

  /** One member of an object. */
  member: <T>(source: JsonObject, key: string, reader: Reader<T>): T => inside(key, reader, memberOf(source, key)),
} as const;
