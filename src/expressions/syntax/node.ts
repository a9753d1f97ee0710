import type { JsonValue } from '../../platform/json/index.js';

export type BinaryOperator =
  'or' | 'and' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'matches' | 'between' | '+' | '-' | '*' | '/' | '%' | '^';

/** Which elements a selection gives: `.?[…]` all that fit, `.^[…]` the first, `.$[…]` the last. */
export type SelectionMode = 'all' | 'first' | 'last';

/** Where a step of a chain starts, and whether null in its place gives null (`?.`) instead of a fault. */
interface Step {
  readonly target: Node;
  readonly safe: boolean;
}

/** One node of a parsed expression. */
export type Node =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'root' }
  | { readonly kind: 'self' }
  /** A bare name: a member of the current object, or in brackets on a map the key itself. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'map'; readonly entries: readonly { readonly key: Node; readonly value: Node }[] }
  | { readonly kind: 'helper'; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'static'; readonly type: string; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'construct'; readonly type: string; readonly args: readonly Node[] }
  | ({ readonly kind: 'property'; readonly name: string } & Step)
  | ({ readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] } & Step)
  | ({ readonly kind: 'selection'; readonly mode: SelectionMode; readonly condition: Node } & Step)
  | ({ readonly kind: 'projection'; readonly each: Node } & Step)
  | { readonly kind: 'index'; readonly target: Node; readonly key: Node }
  | { readonly kind: 'unary'; readonly operator: '+' | '-' | '!'; readonly operand: Node }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'conditional'; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly kind: 'elvis'; readonly value: Node; readonly fallback: Node };
