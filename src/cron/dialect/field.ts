const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export type FieldKind = 'second' | 'minute' | 'hour' | 'day-of-month' | 'month' | 'day-of-week' | 'year';

/** One of the seven places of an expression. */
export interface Field {
  readonly kind: FieldKind;
  readonly min: number;
  /** The largest value, and (but for years) the largest step that is allowed. */
  readonly max: number;
  /** What a range that wraps is counted modulo; the message about a step names it too. */
  readonly size: number;
  /** What is said of a number outside of min…max. */
  readonly bounds: string;
  /** The names of the values from 1 on, and what the message about an unknown name calls them. */
  readonly names?: { readonly of: string; readonly known: readonly string[] };
}

const SIXTIETHS = { min: 0, max: 59, size: 60, bounds: 'Minute and Second values must be between 0 and 59' };

export const SECOND: Field = { kind: 'second', ...SIXTIETHS };
export const MINUTE: Field = { kind: 'minute', ...SIXTIETHS };
export const HOUR: Field = { kind: 'hour', min: 0, max: 23, size: 24, bounds: 'Hour values must be between 0 and 23' };
export const DAY_OF_MONTH: Field = {
  kind: 'day-of-month',
  min: 1,
  max: 31,
  size: 31,
  bounds: 'Day of month values must be between 1 and 31',
};
export const MONTH: Field = {
  kind: 'month',
  min: 1,
  max: 12,
  size: 12,
  bounds: 'Month values must be between 1 and 12',
  names: { of: 'Month', known: MONTHS },
};
export const DAY_OF_WEEK: Field = {
  kind: 'day-of-week',
  min: 1,
  max: 7,
  size: 7,
  bounds: 'Day-of-Week values must be between 1 and 7',
  names: { of: 'Day-of-Week', known: WEEKDAYS },
};

/** Years are bounded only where a step without an end begins: not after `lastYear`. */
export const yearField = (lastYear: number): Field => ({
  kind: 'year',
  min: -Infinity,
  max: lastYear,
  size: Infinity,
  bounds: '',
});
