import type { JsonValue } from '../json/index.js';
import type { Budget } from './budget.js';
import type { Path } from './path.js';

/** What all walks share that one `evaluate` brings about. */
export interface Scope {
  readonly root: JsonValue;
  readonly budget: Budget;
  /** The values of `$` paths in filters, which are the same for every item. */
  readonly rootValues: Map<Path, JsonValue | undefined>;
}

/**
 * The value of a path, or undefined where it leads nowhere. An indefinite path has a value in any case: the list of
 * all that it leads to.
 *
 * @param strict whether everything named must be there, as the check of existence in a filter asks; else what lacks
 *   a member is passed over
 */
export type ValueOf = (path: Path, start: JsonValue, scope: Scope, strict: boolean) => JsonValue | undefined;
