import {
  ExactNumber,
  type JsonObject,
  type JsonValue,
  isJsonList,
  isJsonObject,
  javaText,
  keysOf,
} from '../json/index.js';
import type { Condition } from './condition.js';
import { fatal, unfit } from './fault.js';
import { Filter } from './filter.js';
import { applyFunction, isSizeFunction } from './functions.js';
import { type Parameter, type Path, type Step, endsInFunction, isDefinite, pathOf, placesOf } from './path.js';
import type { Scope, ValueOf } from './scope.js';

/** See the type. */
export const valueOf: ValueOf = (path, start, scope, strict) => {
  const walk = new Walk(path, scope, strict);
  if (!walk.visit(0, start)) return undefined;
  return path.definite ? walk.found.at(-1) : walk.found;
};

/** One walk along a path, collecting what it leads to. */
class Walk {
  readonly found: JsonValue[] = [];
  private readonly filter: Filter;
  /** See `scanList`: by step, the index of the list item it was last applied to. */
  private itemIndex: Map<number, number> | undefined;
  /** How many lists around the current value are walked item by item. */
  private listDepth = 0;

  constructor(
    private readonly path: Path,
    private readonly scope: Scope,
    private readonly strict: boolean,
  ) {
    this.filter = new Filter(scope, strict, valueOf);
  }

  /** Follows the path from a step on. False when something is not there that must be. */
  visit(at: number, value: JsonValue): boolean {
    const step = this.path.steps[at];
    this.scope.budget.spend();
    switch (step?.kind) {
      case undefined:
        this.found.push(value);
        return true;
      case 'member':
        return isJsonObject(value) ? this.members(at, value, step.names) : this.misfit(at);
      case 'every':
        return this.every(at, value);
      case 'index':
        return isJsonList(value) ? this.items(at, value, step.indexes) : this.misfit(at);
      case 'slice':
        return isJsonList(value) ? this.items(at, value, placesOf(step, value.length)) : this.misfit(at);
      case 'scan':
        return this.scan(at + 1, value);
      case 'filter':
        return this.filtered(at, value, step.condition);
      case 'function':
        return this.function(at, value, step);
    }
  }

  /** The value is of the wrong type for the step. */
  private misfit(at: number): boolean {
    return !this.strict || this.path.definiteBefore[at] !== true;
  }

  private isLast(at: number): boolean {
    return at === this.path.steps.length - 1;
  }

  private members(at: number, object: JsonObject, names: readonly string[]): boolean {
    if (names.length > 1 && this.isLast(at)) return this.selection(at, object, names);
    return names.every((name) => this.member(at, object, name));
  }

  private member(at: number, object: JsonObject, name: string): boolean {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    if (value === undefined) return !this.strict;
    return this.isOtherItem(at) || this.visit(at + 1, value);
  }

  /** Several members at the end of a path make one object. */
  private selection(at: number, object: JsonObject, names: readonly string[]): boolean {
    const present = names.filter((name) => Object.hasOwn(object, name));
    if (this.strict && present.length < names.length) return false;
    return this.visit(at + 1, Object.fromEntries(present.map((name) => [name, object[name] ?? null])));
  }

  private every(at: number, value: JsonValue): boolean {
    if (isJsonObject(value)) return keysOf(value).every((key) => this.member(at, value, key));
    return !isJsonList(value) || value.every((item) => this.item(at, item));
  }

  private items(at: number, list: readonly JsonValue[], indexes: Iterable<number>): boolean {
    for (const index of indexes) {
      const item = list.at(index);
      if (item !== undefined && !this.item(at, item)) return false;
    }
    return true;
  }

  private item(at: number, item: JsonValue): boolean {
    this.listDepth++;
    const goesOn = this.visit(at + 1, item);
    this.listDepth--;
    return goesOn;
  }

  private filtered(at: number, value: JsonValue, condition: Condition): boolean {
    if (isJsonObject(value)) return !this.filter.accepts(condition, value) || this.visit(at + 1, value);
    if (isJsonList(value)) return value.every((item) => !this.filter.accepts(condition, item) || this.item(at, item));
    if (this.path.definiteBefore[at] === true) throw unfit('a filter needs a list or an object');
    return true;
  }

  private function(at: number, value: JsonValue, { name, parameters }: Step & { readonly kind: 'function' }): boolean {
    const given: JsonValue[] = [];
    for (const parameter of parameters) {
      const one = this.parameter(parameter);
      if (one === undefined) return false;
      given.push(one);
    }
    for (const one of [value, ...given]) this.scope.budget.spendOnAll(one);
    const [first] = parameters;
    const size = first !== undefined && isSizeFunction(name) ? this.sizeOf(first, value) : undefined;
    const result = size ?? applyFunction(name, value, given);
    if (result === undefined) return this.skipItem();
    if (typeof result === 'string') this.scope.budget.spend(result.length >> 3);
    this.found.push(name === 'keys' && this.path.definite && result !== null ? javaText(result) : result);
    return this.isLast(at) || this.visit(at + 1, result);
  }

  private parameter(parameter: Parameter): JsonValue | undefined {
    if (parameter.kind === 'value') return parameter.value;
    const value = valueOf(parameter.path, this.scope.root, this.scope, this.strict);
    return value === undefined && !this.strict ? null : value;
  }

  /**
   * `length` with a path counts what is one level below everything the path leads to; of a definite path it counts the
   * last of that, if it is a list, else falls back to the value in front of it. So json-path does it.
   */
  private sizeOf(parameter: Parameter, value: JsonValue): number | undefined {
    if (parameter.kind === 'value') throw unfit('length takes a path');
    const { path } = parameter;
    const asIs = path.steps.length === 0 || endsInFunction(path);
    const below = asIs ? path : { ...pathOf(path.start, [...path.steps, { kind: 'every' }]), definite: path.definite };
    const counted = valueOf(below, value, { ...this.scope, root: value }, this.strict);
    return isJsonList(counted) ? counted.length : undefined;
  }

  /** A list item for which a function has no answer is passed over; anywhere else there is nothing to find. */
  private skipItem(): boolean {
    if (this.listDepth === 0) throw fatal('the list is too short');
    return true;
  }

  /** Looks for the step after the scan at every depth, parents before children. */
  private scan(at: number, start: JsonValue): boolean {
    const target = this.path.steps[at];
    if (target === undefined) throw fatal('a deep scan needs a step after it');
    const pending = [start];
    for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
      this.scope.budget.spend();
      if (typeof value !== 'object' || value === null || value instanceof ExactNumber) continue;
      if (this.isTarget(target, at, value)) {
        if (!(isJsonList(value) ? this.scanList(at, value) : this.visit(at, value))) return false;
      }
      pushReversed(pending, value);
    }
    return true;
  }

  private isTarget(step: Step, at: number, value: JsonObject | readonly JsonValue[]): boolean {
    switch (step.kind) {
      case 'member':
        if (!isJsonObject(value)) return false;
        return !isDefinite(step, this.isLast(at)) || step.names.every((name) => Object.hasOwn(value, name));
      case 'every':
        return true;
      case 'index':
      case 'slice':
        return isJsonList(value);
      case 'filter':
        return this.filter.accepts(step.condition, value);
      default:
        return false;
    }
  }

  /**
   * A scan that meets a list applies the step *after* its target to every item, whatever the target selects; only where
   * that step ends the path and takes members, the items that the target does not name one by one are left out:
   * `$..[0].a` finds first items, `$..[0].a.b` and `$..[?(…)][0]` find all, `$..[*].a` finds none. So json-path does it.
   */
  private scanList(at: number, list: readonly JsonValue[]): boolean {
    if (this.isLast(at)) return this.visit(at, list);
    const itemIndex = (this.itemIndex ??= new Map<number, number>());
    return list.every((item, index) => {
      itemIndex.set(at + 1, index);
      return this.visit(at + 1, item);
    });
  }

  private isOtherItem(at: number): boolean {
    const index = this.itemIndex?.get(at);
    if (index === undefined || !this.isLast(at)) return false;
    const target = this.path.steps[at - 1];
    return !(target?.kind === 'index' && target.indexes.length === 1 && target.indexes[0] === index);
  }
}

function pushReversed(stack: JsonValue[], value: JsonObject | readonly JsonValue[]): void {
  if (isJsonList(value)) {
    for (let at = value.length - 1; at >= 0; at--) stack.push(value[at] ?? null);
    return;
  }
  const keys = keysOf(value);
  for (let at = keys.length - 1; at >= 0; at--) stack.push(value[keys[at] ?? ''] ?? null);
}
