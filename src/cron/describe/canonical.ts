import type { DayRule, Schedule } from '../schedule/schedule.js';
import type { ValueSet } from '../schedule/value-set.js';
import { YearSet } from '../schedule/year-set.js';

/** More years than this are not written out. */
const MANY_YEARS = 100;

/**
 * The fields of an expression written anew from what it allows, in the plainest form: values as a list, or as a range
 * when that says it all. Undefined for years that cannot be written so.
 */
export function canonicalFields(schedule: Schedule): string[] | undefined {
  const years = yearField(schedule.years);
  const [dayOfMonth, dayOfWeek] = dayFields(schedule.day);
  const fields = [
    field(schedule.seconds, 0, 59),
    field(schedule.minutes, 0, 59),
    field(schedule.hours, 0, 23),
    dayOfMonth,
    field(schedule.months, 1, 12),
    dayOfWeek,
  ];
  if (schedule.years === YearSet.every) return fields;
  return years === undefined ? undefined : [...fields, years];
}

function dayFields(day: DayRule): [dayOfMonth: string, dayOfWeek: string] {
  switch (day.kind) {
    case 'days':
      return [field(day.days, 1, 31), '?'];
    case 'last':
      return [day.back === 0 ? 'L' : `L-${day.back}`, '?'];
    case 'last-nearest':
      return [day.back === 0 ? 'LW' : `L-${day.back}W`, '?'];
    case 'nearest':
      return [`${day.day}W`, '?'];
    case 'weekdays':
      return ['?', field(day.weekdays, 1, 7)];
    case 'last-of-weekday':
      return ['?', `${day.weekday}L`];
    case 'nth-of-weekday':
      return ['?', `${day.weekday}#${day.nth}`];
  }
}

function field(set: ValueSet, min: number, max: number): string {
  const values = set.values().filter((value) => value >= min && value <= max);
  const [first, last] = [values[0] ?? min, values.at(-1) ?? min];
  if (values.length === max - min + 1) return '*';
  return values.length > 2 && last - first === values.length - 1 ? `${first}-${last}` : values.join(',');
}

function yearField({ spans }: YearSet): string | undefined {
  const [only] = spans;
  if (only !== undefined && spans.length === 1 && only.to === Infinity) return `${only.from}/${only.step}`;
  const years = new Set<number>();
  for (const { from, to, step } of spans) {
    if (!((to - from) / step < MANY_YEARS)) return undefined;
    for (let year = from; year <= to; year += step) years.add(year);
  }
  return [...years].sort((a, b) => a - b).join(',');
}
