import { type JsonValue, isJsonList, isJsonObject, javaText } from '../json/index.js';
import type { Budget } from './budget.js';
import { compareNumbers, decimalText, parseDecimal } from './decimals.js';
import { fatal, unfit } from './fault.js';
import { JsonLiteral, type Operand, PatternLiteral, isNumber, itemsOf, jsonOf, kindOf } from './operand.js';
import { looksLikeExpression, unescapeText } from './text.js';

/** A match that backtracks may take up to its time limit: a hundred of them are enough for one evaluation. */
const BACKTRACKING_COST = 20_000;

type Operator = (left: Operand, right: Operand, budget: Budget) => boolean;

/** The operators of filters, as json-path 2.9 applies them. The first operand decides how the two are compared. */
export const OPERATORS = {
  '==': equal,
  '!=': (left, right, budget) => !equal(left, right, budget),
  '===': sameKindAndEqual,
  '!==': (left, right, budget) => !sameKindAndEqual(left, right, budget),
  '<': (left, right) => order(left, right) < 0,
  '<=': (left, right) => order(left, right) <= 0,
  '>': (left, right) => order(left, right) > 0,
  '>=': (left, right) => order(left, right) >= 0,
  '=~': matches,
  in: isIn,
  nin: (left, right, budget) => !isIn(left, right, budget),
  contains,
  subsetof: (left, right, budget) =>
    pairs(left, right, budget, (l, r) => l.every((a) => r.some((b) => equal(a, b, budget)))),
  anyof: (left, right, budget) =>
    pairs(left, right, budget, (l, r) => l.some((a) => r.some((b) => equal(a, b, budget)))),
  noneof: (left, right, budget) =>
    pairs(left, right, budget, (l, r) => !l.some((a) => r.some((b) => equal(a, b, budget)))),
  size: hasSize,
  empty: isEmpty,
  exists: (left, right) => flag(left) === flag(right),
  all: notForPaths,
  type: notForPaths,
  matches: notForPaths,
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof OPERATORS;

export function operatorNamed(text: string): OperatorName | undefined {
  const name = text.toLowerCase();
  return Object.hasOwn(OPERATORS, name) ? (name as OperatorName) : undefined;
}

function equal(left: Operand, right: Operand, budget: Budget): boolean {
  budget.spend();
  if (isNumber(left)) {
    const number = typeof right === 'string' ? parseDecimal(right) : right;
    return isNumber(number) && compareNumbers(left, number) === 0;
  }
  if (typeof left === 'string') return left === (isNumber(right) ? decimalText(right) : right);
  if (left === null || typeof left === 'boolean') return left === right;
  if (left === undefined || left instanceof JsonLiteral || left instanceof PatternLiteral) return false;
  const json = jsonOf(right);
  return json !== undefined && sameJson(left, json, budget);
}

/** Deep equality that tells integers from doubles, as Java's lists and maps do. */
function sameJson(left: JsonValue, right: JsonValue, budget: Budget): boolean {
  budget.spend();
  if (isNumber(left) && isNumber(right)) return javaText(left) === javaText(right);
  if (isJsonList(left)) {
    return (
      isJsonList(right) &&
      left.length === right.length &&
      left.every((item, at) => sameJson(item, right[at] ?? null, budget))
    );
  }
  if (!isJsonObject(left)) return left === right;
  if (!isJsonObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key] ?? null, right[key] ?? null, budget))
  );
}

function sameKindAndEqual(left: Operand, right: Operand, budget: Budget): boolean {
  return kindOf(left) === kindOf(right) && equal(left, right, budget);
}

/** NaN, which is neither, where two operands have no order. */
function order(left: Operand, right: Operand): number {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left !== 'string' || typeof right !== 'string') return NaN;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A full match; of a list any item may match. */
function matches(left: Operand, right: Operand, budget: Budget): boolean {
  const [pattern, subject] = left instanceof PatternLiteral ? [left, right] : [right, left];
  if (!(pattern instanceof PatternLiteral) || subject instanceof PatternLiteral) return false;
  const items = itemsOf(subject);
  const operands: readonly Operand[] = items === undefined ? [subject] : items.map((item) => element(item, budget));
  return operands.some((operand) => {
    const text = subjectText(operand);
    budget.spendOn(text);
    if (pattern.pattern.engine === 'backtracking') budget.spend(BACKTRACKING_COST);
    const { kind } = pattern.pattern.matchesAll(text);
    if (kind === 'too-slow') throw fatal('a pattern of the path takes too long');
    return kind === 'matched';
  });
}

function subjectText(operand: Operand): string {
  if (isNumber(operand)) return decimalText(operand);
  return typeof operand === 'string' || typeof operand === 'boolean' ? String(operand) : '';
}

function isIn(left: Operand, right: Operand, budget: Budget): boolean {
  if (kindOf(right) !== 'json') throw unfit('in and nin need a list on the right');
  const items = itemsOf(right);
  return items !== undefined && items.map((item) => element(item, budget)).some((item) => equal(left, item, budget));
}

function contains(left: Operand, right: Operand, budget: Budget): boolean {
  if (typeof left === 'string') return typeof right === 'string' && left.includes(right);
  const items = itemsOf(left);
  return items !== undefined && items.map((item) => element(item, budget)).some((item) => equal(right, item, budget));
}

function pairs(
  left: Operand,
  right: Operand,
  budget: Budget,
  test: (left: readonly Operand[], right: readonly Operand[]) => boolean,
): boolean {
  const elements = (operand: Operand): readonly Operand[] | undefined => {
    if (kindOf(operand) !== 'json') throw unfit('subsetof, anyof and noneof need a list on both sides');
    return itemsOf(operand)?.map((item) => element(item, budget));
  };
  const wanted = elements(right);
  const items = wanted && elements(left);
  return items !== undefined && test(items, wanted ?? []);
}

/**
 * An item of a list as it is compared. Texts in lists have lost quotes and escapes, and those that look like a path or
 * like JSON equal nothing; lists and objects inside lists end the evaluation. So it is in json-path.
 */
function element(item: JsonValue, budget: Budget): Operand {
  budget.spend();
  if (isJsonList(item) || isJsonObject(item)) throw fatal('a list in a filter has a list or an object in it');
  if (typeof item !== 'string') return item;
  budget.spendOn(item);
  return looksLikeExpression(item) ? undefined : unescapeText(unquoted(item));
}

function unquoted(text: string): string {
  return /^(?:'.*'|".*")$/s.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}

function hasSize(left: Operand, right: Operand): boolean {
  if (!isNumber(right)) return false;
  const size = Math.trunc(Number(right));
  if (typeof left === 'string') return left.length === size;
  if (kindOf(left) !== 'json') return false;
  return (itemsOf(left)?.length ?? -1) === size;
}

function isEmpty(left: Operand, right: Operand): boolean {
  if (typeof left === 'string') return (left === '') === flag(right);
  if (kindOf(left) !== 'json') return false;
  const items = itemsOf(left);
  if (items === undefined) throw fatal('empty cannot be asked of an object');
  return (items.length === 0) === flag(right);
}

function flag(operand: Operand): boolean {
  if (typeof operand === 'boolean') return operand;
  throw unfit('true or false is needed');
}

/** Known to json-path's programming interface, but not usable in a written path. */
function notForPaths(): boolean {
  throw unfit('the operator cannot be used in a path');
}
