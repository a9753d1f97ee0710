import type { Budget } from '../budget.js';
import { ExpressionFault } from '../expression-fault.js';
import { isEqual, order } from '../values/compare.js';
import { isList, type Value } from '../values/value.js';

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'between';

export function compare(operator: ComparisonOperator, left: Value, right: Value, budget: Budget): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right, budget);
    case '!=':
      return !isEqual(left, right, budget);
    case '<':
      return order(left, right, budget) < 0;
    case '<=':
      return order(left, right, budget) <= 0;
    case '>':
      return order(left, right, budget) > 0;
    case '>=':
      return order(left, right, budget) >= 0;
    case 'between':
      return isBetween(left, right, budget);
  }
}

/** `x between {low, high}`, both ends included. */
function isBetween(value: Value, range: Value, budget: Budget): boolean {
  const [low, high] = isList(range) && range.length === 2 ? range : [];
  if (low === undefined || high === undefined) throw new ExpressionFault("'between' wants a list of two");
  return order(value, low, budget) >= 0 && order(value, high, budget) <= 0;
}
