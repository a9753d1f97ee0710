import type { ConstraintOutcome } from '../../artifacts/index.js';
import { type CheckResult, passed } from '../trigger-handler.js';

/** The outcome of a trigger's constraints as the result of a check. */
export function constraintResult(outcome: ConstraintOutcome): CheckResult {
  if (outcome.kind === 'met') return passed;
  const { key, expected, got, fault } = outcome;
  return { kind: 'failed', expected: `${key}: ${expected}`, got, fault: fault && `${key}: ${fault}` };
}
