import type { JsonObject } from '../platform/json/index.js';
import { Budget } from './budget.js';
import type { EvaluationOptions } from './evaluation-options.js';

/** What all expressions of one call share. */
export interface Run {
  readonly root: JsonObject;
  readonly options: EvaluationOptions;
  readonly budget: Budget;
}

export function newRun(root: JsonObject, options: EvaluationOptions): Run {
  return { root, options, budget: new Budget() };
}
