import { ExactNumber, type JsonValue } from '../json/index.js';
import type { Condition, Term } from './condition.js';
import { EvaluationFault, fatal } from './fault.js';
import { type Operand, numberOperand } from './operand.js';
import { OPERATORS } from './operators.js';
import { type Path, endsInFunction } from './path.js';
import type { Scope, ValueOf } from './scope.js';

/** The cost of a fault inside of a filter, in steps: raising it takes far longer than looking at a value. */
const FAULT_COST = 100;

/** Decides which items meet the conditions of filters. */
export class Filter {
  constructor(
    private readonly scope: Scope,
    private readonly strict: boolean,
    private readonly valueOf: ValueOf,
  ) {}

  accepts(condition: Condition, item: JsonValue): boolean {
    this.scope.budget.spend();
    try {
      return this.holds(condition, item);
    } catch (error) {
      if (!(error instanceof EvaluationFault && error.mendable)) throw error;
      this.scope.budget.spend(FAULT_COST);
      return false;
    }
  }

  private holds(condition: Condition, item: JsonValue): boolean {
    switch (condition.kind) {
      case 'any':
        return condition.conditions.some((one) => this.holds(one, item));
      case 'all':
        return condition.conditions.every((one) => this.holds(one, item));
      case 'not':
        return !this.holds(condition.condition, item);
      case 'exists': // of `$` paths too it is the item that is looked into: so json-path does it
        return (this.valueOf(condition.path, item, this.scope, true) !== undefined) === condition.wanted;
      case 'compare': {
        const { left, operator, right } = condition;
        return OPERATORS[operator](this.operand(left, item), this.operand(right, item), this.scope.budget);
      }
    }
  }

  private operand(term: Term, item: JsonValue): Operand {
    if (term.kind === 'literal') return term.value;
    const value = term.path.start === '$' ? this.rootValue(term.path) : this.from(term.path, item);
    if (typeof value === 'string') {
      if (endsInFunction(term.path, 'keys')) throw fatal('keys() cannot be compared');
      this.scope.budget.spendOn(value);
    }
    if (value instanceof ExactNumber) return numberOperand(value);
    return value === undefined && !this.strict ? null : value;
  }

  private rootValue(path: Path): JsonValue | undefined {
    const { root, rootValues } = this.scope;
    if (this.strict) return this.from(path, root);
    if (!rootValues.has(path)) rootValues.set(path, this.from(path, root));
    return rootValues.get(path);
  }

  private from(path: Path, start: JsonValue): JsonValue | undefined {
    return this.valueOf(path, start, this.scope, this.strict);
  }
}
