import type { CronExpression } from '../cron-expression.js';
import { canonicalFields } from './canonical.js';
import { describeText } from './describe-text.js';
import { Undescribable } from './undescribable.js';

const NONE = 'No description available';
const MOST_FIELDS = 7;

/**
 * An English description of a valid expression, in the words that Echo has always shown. They follow how the expression is
 * written; a writing that leads to none (names in lower case, lists of ranges, doubled spaces) is described by what it
 * means (decisions.md 8).
 *
 * @param expression as written: case and spaces count
 * @param cron the same, parsed
 */
export function describeCron(expression: string, cron: CronExpression): string {
  const fields = expression.replace(/ +$/, '').split(' ');
  if (fields.length > MOST_FIELDS) return NONE;
  const anew = canonicalFields(cron.schedule);
  return (fields.includes('') ? undefined : describe(fields)) ?? (anew && describe(anew)) ?? NONE;
}

function describe(fields: readonly string[]): string | undefined {
  try {
    return describeText(fields);
  } catch (error) {
    if (error instanceof Undescribable) return undefined;
    throw error;
  }
}
