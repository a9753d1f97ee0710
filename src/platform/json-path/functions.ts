import { ExactNumber, type JsonValue, doubleOf, isJsonList, isJsonObject, javaText, keysOf } from '../json/index.js';
import { fatal, unfit } from './fault.js';
import { isNumber } from './operand.js';

/**
 * A function applied to the value it stands behind and to its parameters. Undefined tells that the branch leads
 * nowhere.
 */
type PathFunction = (value: JsonValue, parameters: readonly JsonValue[]) => JsonValue | undefined;

const FUNCTIONS = new Map<string, PathFunction>([
  ['length', size],
  ['size', size],
  ['keys', (value) => (isJsonObject(value) ? keysOf(value) : null)],
  ['concat', (value, parameters) => texts(isJsonList(value) ? value.filter(isText) : []) + texts(parameters)],
  ['append', (value, parameters) => (isJsonList(value) ? [...value, ...parameters] : value)],
  ['first', (value) => itemAt(value, 0)],
  ['last', (value) => itemAt(value, -1)],
  ['index', (value, parameters) => itemAt(value, numbers(parameters)[0])],
  ['sum', aggregate((items) => sum(items))],
  ['avg', aggregate((items) => sum(items) / items.length)],
  // Java's smallest double is above zero: so the maximum of negative numbers is that.
  ['max', aggregate((items) => items.reduce((a, b) => Math.max(a, b), Number.MIN_VALUE))],
  ['min', aggregate((items) => items.reduce((a, b) => Math.min(a, b), Number.MAX_VALUE))],
  ['stddev', aggregate(deviation)],
]);

/** @throws EvaluationFault when there is no such function, or it has no answer for the value */
export function applyFunction(name: string, value: JsonValue, parameters: readonly JsonValue[]): JsonValue | undefined {
  const known = FUNCTIONS.get(name);
  if (known === undefined) throw unfit(`there is no function '${name}'`);
  return known(value, parameters);
}

export function isSizeFunction(name: string): boolean {
  return name === 'length' || name === 'size';
}

function size(value: JsonValue): JsonValue {
  if (isJsonList(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : null;
}

function isText(value: JsonValue): boolean {
  return typeof value === 'string';
}

/** The texts of values, lists opened one level, nulls left out. */
function texts(values: readonly JsonValue[]): string {
  return opened(values)
    .filter((value) => value !== null)
    .map((value) => javaText(value))
    .join('');
}

/** The numbers among values, lists opened one level. */
function numbers(values: readonly JsonValue[]): readonly number[] {
  return opened(values)
    .filter((value) => isNumber(value))
    .map((value) => Number(value as number | ExactNumber));
}

function opened(values: readonly JsonValue[]): readonly JsonValue[] {
  return values.flatMap((value) => (isJsonList(value) ? [...value] : [value]));
}

function aggregate(calculate: (items: readonly number[]) => number): PathFunction {
  return (value, parameters) => {
    const items = numbers(isJsonList(value) ? [value, ...parameters] : parameters);
    if (items.length === 0) throw fatal('a calculation needs at least one number');
    return doubleOf(calculate(items));
  };
}

function sum(items: readonly number[]): number {
  return items.reduce((a, b) => a + b, 0);
}

/** The standard deviation of a whole population. */
function deviation(items: readonly number[]): number {
  const total = sum(items);
  const count = items.length;
  return Math.sqrt(sum(items.map((item) => item * item)) / count - (total * total) / count / count);
}

/** From the end for a negative index, but never the very first item that way: so json-path does it. */
function itemAt(value: JsonValue, index: number | undefined): JsonValue | undefined {
  if (!isJsonList(value)) throw fatal('first, last and index need a list');
  if (index === undefined) return undefined;
  const place = Math.trunc(index);
  if (place >= 0) return value[place];
  if (value.length + place <= 0) throw fatal('the list is too short');
  return value[value.length + place];
}
