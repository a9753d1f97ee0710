import type { Budget } from '../budget.js';
import { ExpressionFault } from '../expression-fault.js';
import { joinTexts, repeat } from '../values/text.js';
import { toJavaText, toText } from '../values/convert.js';
import { integer, isReal, real } from '../values/number.js';
import { describe, isMap, isNumber, type Value } from '../values/value.js';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^';

type Calculation = (left: number, right: number) => number;

const REAL: Readonly<Record<ArithmeticOperator, Calculation>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': (left, right) => left ** right,
};

/** Whole numbers divide to whole numbers, cut towards zero; by zero they do not divide (NaN is refused). */
const INTEGER: Readonly<Record<ArithmeticOperator, Calculation>> = {
  ...REAL,
  '/': (left, right) => (left - (left % right)) / right,
  '^': (left, right) => Math.trunc(left ** right),
};

/** Numbers calculate; a text takes in whatever is added to it, and is repeated by a number. */
export function calculate(operator: ArithmeticOperator, left: Value, right: Value, budget: Budget): Value {
  if (isNumber(left) && isNumber(right)) {
    const isWhole = !isReal(left) && !isReal(right);
    const result = (isWhole ? INTEGER : REAL)[operator](Number(left), Number(right));
    return isWhole ? integer(result) : real(result);
  }
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) {
    return joinTexts([operandText(left, budget), operandText(right, budget)], '', budget);
  }
  if (operator === '*' && typeof left === 'string' && isNumber(right) && !isReal(right)) {
    return repeat(left, Number(right), budget);
  }
  throw new ExpressionFault(`'${operator}' does not work between ${describe(left)} and ${describe(right)}`);
}

function operandText(value: Value, budget: Budget): string {
  if (value === null) return 'null';
  return isMap(value) ? toJavaText(value, budget) : toText(value, budget);
}

/** `+x` and `-x`. */
export function signed(operator: '+' | '-', operand: Value): Value {
  if (!isNumber(operand)) throw new ExpressionFault(`'${operator}' does not work on ${describe(operand)}`);
  if (operator === '+') return operand;
  return isReal(operand) ? real(0 - Number(operand)) : integer(0 - Number(operand));
}
