import { CronExpression } from './cron-expression.js';
import { CronFault } from './dialect/cron-fault.js';
import { readSchedule } from './dialect/read-schedule.js';

/** Why an expression is refused, in Quartz's words. `offset` is where in an item or in the expression, or -1, as Quartz counts. */
export interface InvalidCron {
  readonly kind: 'invalid';
  readonly message: string;
  readonly offset: number;
}

export type CronReading = { readonly kind: 'valid'; readonly cron: CronExpression } | InvalidCron;

export interface ParseOptions {
  /** A step without an end must not begin after this year. For Quartz it is 100 years after the clock's. */
  readonly lastYear?: number;
}

/** Quartz never looks further, whatever its clock says. */
const LAST_YEAR = 2999;

/**
 * Reads an expression of the Quartz 2.3 dialect: seconds, minutes, hours, day of month, month, day of week, and an
 * optional year. Accepts what Quartz accepts, except `0W`, and refuses the rest in Quartz's words (cron.md §4).
 */
export function parseCron(expression: string, { lastYear = LAST_YEAR }: ParseOptions = {}): CronReading {
  const text = expression.toUpperCase();
  try {
    return { kind: 'valid', cron: new CronExpression(text, readSchedule(text, lastYear)) };
  } catch (error) {
    if (error instanceof CronFault) return { kind: 'invalid', message: error.message, offset: error.offset };
    throw error;
  }
}
