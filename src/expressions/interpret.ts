import { type JsonValue, setMember } from '../platform/json/index.js';
import { ExpressionFault, quoted } from './expression-fault.js';
import { callMethod } from './functions/call-method.js';
import { CONSTRUCTORS } from './functions/constructors.js';
import { HELPERS } from './functions/helpers.js';
import { matchesAll } from './functions/matching.js';
import { call } from './functions/method.js';
import { STATIC_FUNCTIONS } from './functions/static-functions.js';
import { element, property } from './operations/access.js';
import { calculate, signed } from './operations/arithmetic.js';
import { project, select } from './operations/collections.js';
import { compare } from './operations/comparison.js';
import type { Run } from './run.js';
import type { Node } from './syntax/node.js';
import { toBoolean, toText } from './values/convert.js';
import { asData, isMap, type Value } from './values/value.js';

type NodeOf<Kind extends Node['kind']> = Extract<Node, { readonly kind: Kind }>;

/**
 * Evaluates a parsed expression. Values are plain data, functions come from closed tables, and every node pays from the
 * budget: nothing here can reach an object of the host or run for long.
 *
 * @throws ExpressionFault where there is no value
 */
export function interpret(node: Node, run: Run): Value {
  return new Scope(run.root, run).evaluate(node);
}

/** Evaluates with one object as the current one, to whose members bare names refer. */
class Scope {
  constructor(
    private readonly self: Value,
    private readonly run: Run,
  ) {}

  evaluate(node: Node): Value {
    this.run.budget.spend();
    switch (node.kind) {
      case 'literal':
        return node.value;
      case 'root':
        return this.run.root;
      case 'self':
        return this.self;
      case 'name':
        return property(this.self, node.name);
      case 'list':
        return node.items.map((item) => asData(this.evaluate(item)));
      case 'map':
        return this.map(node);
      case 'helper':
        return call(HELPERS, 'the list of helpers', node.name, null, this.valuesOf(node.args), this.run);
      case 'static':
        return this.static(node);
      case 'construct':
        return call(CONSTRUCTORS, 'the list of constructors', node.type, null, this.valuesOf(node.args), this.run);
      case 'index':
        return this.index(node);
      case 'unary':
        return this.unary(node);
      case 'binary':
        return this.binary(node);
      case 'conditional':
        return this.evaluate(toBoolean(this.evaluate(node.test)) ? node.yes : node.no);
      case 'elvis':
        return this.elvis(node);
      default:
        return this.step(node);
    }
  }

  private valuesOf(nodes: readonly Node[]): readonly Value[] {
    return nodes.map((node) => this.evaluate(node));
  }

  private map(node: NodeOf<'map'>): Value {
    const map: Record<string, JsonValue> = {};
    for (const { key, value } of node.entries) {
      const name = key.kind === 'name' ? key.name : toText(this.evaluate(key), this.run.budget);
      setMember(map, name, asData(this.evaluate(value)));
    }
    return map;
  }

  private static(node: NodeOf<'static'>): Value {
    const functions = STATIC_FUNCTIONS.get(node.type);
    if (functions === undefined) throw new ExpressionFault(`there is no type ${quoted(node.type)}`);
    return call(functions, 'that type', node.name, null, this.valuesOf(node.args), this.run);
  }

  /** A bare name in the brackets of a map is the key. Else the brackets see the root, even inside a selection. */
  private index(node: NodeOf<'index'>): Value {
    const target = this.evaluate(node.target);
    const isKey = node.key.kind === 'name' && isMap(target);
    return element(target, isKey ? node.key.name : interpret(node.key, this.run), this.run.budget);
  }

  private unary(node: NodeOf<'unary'>): Value {
    const operand = this.evaluate(node.operand);
    return node.operator === '!' ? !toBoolean(operand) : signed(node.operator, operand);
  }

  private binary({ operator, left, right }: NodeOf<'binary'>): Value {
    const first = this.evaluate(left);
    if (operator === 'and') return toBoolean(first) && toBoolean(this.evaluate(right));
    if (operator === 'or') return toBoolean(first) || toBoolean(this.evaluate(right));
    const second = this.evaluate(right);
    switch (operator) {
      case 'matches':
        return this.matches(first, second);
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
      case '^':
        return calculate(operator, first, second, this.run.budget);
      default:
        return compare(operator, first, second, this.run.budget);
    }
  }

  private matches(value: Value, pattern: Value): boolean {
    if (typeof pattern !== 'string') throw new ExpressionFault("'matches' wants a text as pattern");
    return matchesAll(pattern, toText(value, this.run.budget), this.run);
  }

  /** An empty text counts as nothing, too. */
  private elvis(node: NodeOf<'elvis'>): Value {
    const value = this.evaluate(node.value);
    return value === null || value === '' ? this.evaluate(node.fallback) : value;
  }

  /** `target.…`: after `?.` null stays null. */
  private step(node: NodeOf<'property' | 'call' | 'selection' | 'projection'>): Value {
    const target = this.evaluate(node.target);
    if (target === null && node.safe) return null;
    switch (node.kind) {
      case 'property':
        return property(target, node.name);
      case 'call':
        return callMethod(target, node.name, this.valuesOf(node.args), this.run);
      case 'selection':
        return select(target, node.mode, this.within(node.condition), this.run.budget);
      case 'projection':
        return project(target, this.within(node.each), this.run.budget);
    }
  }

  private within(node: Node): (element: JsonValue) => Value {
    return (element) => new Scope(element, this.run).evaluate(node);
  }
}
