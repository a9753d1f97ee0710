import type { JsonValue } from '../json/index.js';
import { Budget } from './budget.js';
import { EvaluationFault, PathSyntaxError } from './fault.js';
import type { PathPatterns } from './operand.js';
import { parsePath } from './path-parser.js';
import { valueOf } from './walk.js';

/** Where a path leads to in a document. */
export type PathResult =
  | { readonly kind: 'found'; readonly value: JsonValue }
  /** Nothing is there; or, with a reason, the path makes no sense for this document. */
  | { readonly kind: 'missing'; readonly reason?: string };

/** A compiled path: immutable, to be kept and used for any number of documents. */
export interface JsonPath {
  /** Whether it leads to one value at most. Else it is always found, and its value is a list, maybe an empty one. */
  readonly definite: boolean;
  /** Never throws and never takes longer than a fixed number of steps. */
  evaluate(document: JsonValue): PathResult;
}

export type CompiledPath =
  { readonly kind: 'compiled'; readonly path: JsonPath } | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Compiles a JsonPath as json-path 2.9 for Java understands it, when it is asked to suppress exceptions. A text without
 * a leading `$` or `@` is taken as a member of the document.
 *
 * @param patterns compiles the patterns of `=~` in filters
 * @param maxSteps work that one evaluation may do, in values looked at
 */
export function compilePath(text: string, patterns: PathPatterns, maxSteps?: number): CompiledPath {
  try {
    const path = parsePath(text, patterns);
    const evaluate = (root: JsonValue): PathResult => {
      const scope = { root, budget: new Budget(maxSteps), rootValues: new Map() };
      return guarded(() => valueOf(path, root, scope, false));
    };
    return { kind: 'compiled', path: { definite: path.definite, evaluate } };
  } catch (error) {
    if (error instanceof PathSyntaxError) return { kind: 'invalid', reason: error.message };
    throw error;
  }
}

function guarded(evaluate: () => JsonValue | undefined): PathResult {
  try {
    const value = evaluate();
    return value === undefined ? { kind: 'missing' } : { kind: 'found', value };
  } catch (error) {
    if (error instanceof EvaluationFault) return { kind: 'missing', reason: error.message };
    throw error;
  }
}
