import { clockTime, pieces, plural, twoDigits, wholeNumber } from './numbers.js';
import { Undescribable } from './undescribable.js';

/** How one field is put into words. All may throw Undescribable. */
export interface Words {
  /** What `*` says. */
  readonly every: string;
  /** One value as it is shown. */
  one(value: string): string;
  /** A value or list; `shown` is the text of its values, `expression` the field as written. */
  only(shown: string, expression: string): string;
  interval(step: string): string;
  between(from: string, to: string): string;
}

export const SECONDS: Words = {
  every: 'every second',
  one: (value) => value,
  only: (shown) => `at ${shown} seconds past the minute`,
  interval: (step) => `every ${step} seconds`,
  between: (from, to) => `seconds ${from} through ${to} past the minute`,
};

export const MINUTES: Words = {
  every: 'every minute',
  one: (value) => (value.includes(',') ? pieces(value, ',').map(withComma).join('') : twoDigits(value)),
  only: (shown, expression) => `at ${shown} ${plural(expression, 'minute', 'minutes')} past the hour`,
  interval: (step) => (step === '1' ? 'every minute' : `every ${step} ${plural(step, 'minute', 'minutes')}`),
  between: (from, to) => `minutes ${from} through ${to} past the hour`,
};

const withComma = (value: string): string => `${twoDigits(value)},`;

export const HOURS: Words = {
  every: 'every hour',
  one: (value) => clockTime(value, '0'),
  only: (shown) => `at ${shown}`,
  interval: (step) => (step === '1' ? 'every hour' : `every ${step} ${plural(step, 'hour', 'hours')}`),
  between: (from, to) => `between ${from} and ${to}`,
};

export const DAYS_OF_MONTH: Words = {
  every: ', every day',
  one: (value) => value,
  only: (shown) => `, on day ${shown} of the month`,
  interval: (step) => (step === '1' ? ', every day' : `, every ${step} ${plural(step, 'day', 'days')}`),
  between: (from, to) => `, between day ${from} and ${to} of the month`,
};

const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ');

export const MONTHS: Words = {
  every: '',
  one: (value) => known(MONTH_NAMES[wholeNumber(value) - 1], value),
  only: (shown) => `, only in ${shown}`,
  interval: (step) => `, every ${step} ${plural(step, 'month', 'months')}`,
  between: (from, to) => `, ${from} through ${to}`,
};

const ORDINALS: Readonly<Record<string, string>> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth' };
const WEEKDAY_NAMES = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

export const DAYS_OF_WEEK: Words = {
  every: ', every day',
  one: weekdayName,
  only: onlyWeekdays,
  // A step of 1 leaves the unlucky "s of the week" when ", every day" is taken out of the whole text.
  interval: (step) => `, every ${step === '1' ? '' : `${step} `}days of the week`,
  between: (from, to) => `, ${from} through ${to}`,
};

function onlyWeekdays(shown: string, expression: string): string {
  const hash = expression.indexOf('#');
  if (hash >= 0) return `, on the ${ORDINALS[expression.slice(hash + 1)] ?? ''} ${shown} of the month`;
  return expression.includes('L') ? `, on the last ${shown} of the month` : `, only on ${shown}`;
}

function weekdayName(value: string): string {
  const day = value.includes('#') ? value.slice(0, value.indexOf('#')) : value.replaceAll('L', '');
  if (/^[0-9]+$/.test(day)) return known(WEEKDAY_NAMES[weekdayIndex(wholeNumber(day))], value);
  const asked = day.toLowerCase();
  const name = WEEKDAY_NAMES.find((one) => [one, one.slice(0, 3)].some((form) => form.toLowerCase() === asked));
  return known(name, value);
}

/** Sunday is 1, and 0 and 8 too. */
const weekdayIndex = (number: number): number => (number === 8 ? 0 : Math.max(0, number - 1));

const LAST_YEAR = 292_278_993;

export const YEARS: Words = {
  every: ', every year',
  one: yearName,
  only: (shown) => `, only in ${shown}`,
  interval: (step) => `, every ${step} ${plural(step, 'year', 'years')}`,
  between: (from, to) => `, ${from} through ${to}`,
};

function yearName(value: string): string {
  const year = wholeNumber(value);
  return known(year <= LAST_YEAR ? String(year).padStart(4, '0') : undefined, value);
}

function known(name: string | undefined, piece: string): string {
  if (name === undefined) throw new Undescribable(piece);
  return name;
}
