import type { ValueSet } from './value-set.js';
import type { YearSet } from './year-set.js';

/**
 * Which days of a month count. Weekdays are numbered from Sunday = 1. A weekday of `nth` may lie outside 1–7, since the
 * dialect takes `0#1` and `8#1`.
 */
export type DayRule =
  | { readonly kind: 'days'; readonly days: ValueSet }
  | { readonly kind: 'weekdays'; readonly weekdays: ValueSet }
  /** The last day of the month, or so many days before it. */
  | { readonly kind: 'last'; readonly back: number }
  /** The day from Monday to Friday nearest to that one, in the same month. */
  | { readonly kind: 'last-nearest'; readonly back: number }
  /** The day from Monday to Friday nearest to this day, in the same month. */
  | { readonly kind: 'nearest'; readonly day: number }
  | { readonly kind: 'last-of-weekday'; readonly weekday: number }
  | { readonly kind: 'nth-of-weekday'; readonly weekday: number; readonly nth: number };

/** What an expression allows, field by field. */
export interface Schedule {
  readonly seconds: ValueSet;
  readonly minutes: ValueSet;
  readonly hours: ValueSet;
  readonly day: DayRule;
  readonly months: ValueSet;
  readonly years: YearSet;
}
