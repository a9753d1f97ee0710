import { describeCron } from './describe/describe-cron.js';
import { expandHash, hasHash } from './hash.js';
import { parseCron, type ParseOptions } from './parse-cron.js';

/** What `GET /validateCronExpression` answers: a description, or the message of a 400. */
export type CronValidation =
  { readonly kind: 'valid'; readonly description: string } | { readonly kind: 'invalid'; readonly message: string };

const FUZZY = 'No description available for fuzzy cron expressions';

/** Judges an expression as an author typed it; `H` is allowed (edges.md §2.8). */
export function validateCron(expression: string, options: ParseOptions = {}): CronValidation {
  const expanded = expandHash(expression, '');
  const reading = expanded.kind === 'invalid' ? expanded : parseCron(expanded.expression, options);
  if (reading.kind === 'invalid') {
    return { kind: 'invalid', message: `Invalid CRON expression: '${expression}' explanation: ${reading.message}` };
  }
  return { kind: 'valid', description: hasHash(expression) ? FUZZY : describeCron(expression, reading.cron) };
}
