import { clockTime, pieces, wholeNumber } from './numbers.js';
import { describeSegment } from './segment.js';
import { DAYS_OF_MONTH, DAYS_OF_WEEK, HOURS, MINUTES, MONTHS, SECONDS, YEARS } from './words.js';

const MONTH_NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const [DAY_OF_MONTH, MONTH, DAY_OF_WEEK] = [3, 4, 5];
/** Said of a larger unit, these add nothing. */
const VERBOSE = [', every minute', ', every hour', ', every day'];

/**
 * Describes an expression from how it is written, field by field, six of them or seven with the year, each as it stands
 * between two spaces. Throws Undescribable where no text can be made.
 */
export function describeText(fields: readonly string[]): string {
  const [second = '', minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = normal(fields);
  const time = timeOfDay(hour, minute, second);
  const weekday = describeSegment(dayOfWeek, DAYS_OF_WEEK);
  const monthDay = describeMonthDay(dayOfMonth);
  const day = dayOfMonth === '*' ? weekday : monthDay;
  const text = `${time}${day}${describeSegment(month, MONTHS)}${describeSegment(year, YEARS)}`;
  const short = VERBOSE.reduce((rest, phrase) => rest.replaceAll(phrase, ''), text);
  return `${short.charAt(0).toUpperCase()}${short.slice(1)}`;
}

/** `?` says the same as `*`, and so does a step of 1 from the field's first value; names of months become numbers. */
function normal(fields: readonly string[]): string[] {
  return fields.map((field, index) => {
    const first = index < 3 ? '0' : '1';
    if (field === '*/1' || field === `${first}/1`) return '*';
    if (index === MONTH) return monthNumbers(field);
    return index === DAY_OF_MONTH || index === DAY_OF_WEEK ? field.replaceAll('?', '*') : field;
  });
}

/** Names are replaced wherever they stand, in upper case only. */
const monthNumbers = (field: string): string =>
  MONTH_NAMES.reduce((text, name, index) => text.replaceAll(name, String(index + 1)), field);

function timeOfDay(hour: string, minute: string, second: string): string {
  if (isPlain(hour) && isPlain(minute) && isPlain(second)) return `at ${clockTime(hour, minute, second)}`;
  if (isPlain(hour) && minute.includes('-') && !minute.includes('/')) return minutesOfHour(hour, minute);
  if (hour.includes(',') && isPlain(minute)) return ['at', times(hour, minute)].join(' ').trimEnd();
  const said = [describeSegment(second, SECONDS), describeSegment(minute, MINUTES), describeSegment(hour, HOURS)];
  return said.filter((text) => text !== '').join(', ');
}

const isPlain = (field: string): boolean => !/[/\-,*]/.test(field);

function minutesOfHour(hour: string, minute: string): string {
  const [from = '', to = ''] = pieces(minute, '-');
  return `every minute between ${clockTime(hour, from)} and ${clockTime(hour, to)}`;
}

/** `a and b`, `a, b and c`. */
function times(hours: string, minute: string): string {
  const each = pieces(hours, ',').map((hour) => clockTime(hour, minute));
  return each.length < 2 ? each.join('') : `${each.slice(0, -1).join(', ')} and ${each.at(-1) ?? ''}`;
}

function describeMonthDay(field: string): string {
  if (field === 'L') return ', on the last day of the month';
  if (field === 'LW') return ', on the last weekday of the month';
  if (!/^[0-9]W$/.test(field)) return describeSegment(field, DAYS_OF_MONTH);
  const day = wholeNumber(field.slice(0, -1));
  return `, on the ${day === 1 ? 'first weekday' : `weekday nearest day ${day}`} of the month`;
}
