import type { Operand } from './operand.js';
import type { OperatorName } from './operators.js';
import type { Path } from './path.js';

/** What a filter asks of an item. */
export type Condition =
  | { readonly kind: 'any'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'all'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'exists'; readonly path: Path; readonly wanted: boolean }
  | { readonly kind: 'compare'; readonly left: Term; readonly operator: OperatorName; readonly right: Term };

/** One side of a comparison. */
export type Term =
  | { readonly kind: 'path'; readonly path: Path; readonly wanted: boolean }
  | { readonly kind: 'literal'; readonly value: Operand };
