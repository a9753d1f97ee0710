import { ExpressionFault, quoted } from '../expression-fault.js';
import type { Run } from '../run.js';

/** A match may run up to the time limit of the injected matcher, so one call has only some hundreds of them. */
const UNITS_PER_MATCH = 2_000;

/** Whether the pattern matches all of the text. @throws ExpressionFault when the pattern is invalid or too slow */
export function matchesAll(pattern: string, text: string, run: Run): boolean {
  run.budget.spend(UNITS_PER_MATCH);
  run.budget.spendCharacters(text.length);
  const result = run.options.matches(pattern, text);
  if (result === undefined) throw new ExpressionFault(`the pattern ${quoted(pattern)} is invalid or too slow`);
  return result;
}
