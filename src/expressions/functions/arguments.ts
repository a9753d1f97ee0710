import type { JsonValue } from '../../platform/json/index.js';
import type { Budget } from '../budget.js';
import { toInteger, toText } from '../values/convert.js';
import { asData, type Value } from '../values/value.js';

/** The arguments of a call, converted, and paid for, as they are asked for. How many there are was checked before. */
export class Arguments {
  constructor(
    private readonly values: readonly Value[],
    private readonly budget: Budget,
  ) {}

  get count(): number {
    return this.values.length;
  }

  value(at: number): Value {
    return this.values[at] ?? null;
  }

  data(at: number): JsonValue {
    return asData(this.value(at));
  }

  /** @throws ExpressionFault for null, a map or a transient */
  text(at: number): string {
    const text = toText(this.value(at), this.budget);
    this.budget.spendCharacters(text.length);
    return text;
  }

  /** @throws ExpressionFault for what is no whole number */
  integer(at: number, fallback?: number): number {
    return at >= this.count && fallback !== undefined ? fallback : toInteger(this.value(at));
  }
}
