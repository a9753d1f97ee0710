import { NONE } from '../schedule/value-set.js';
import type { DayRule, Schedule } from '../schedule/schedule.js';
import { YearSet } from '../schedule/year-set.js';
import { CronFault } from './cron-fault.js';
import { FieldDraft } from './field-draft.js';
import { DAY_OF_MONTH, DAY_OF_WEEK, HOUR, MINUTE, MONTH, SECOND, yearField } from './field.js';
import { readItem } from './item.js';

const REQUIRED_FIELDS = 6;

/** Reads an upper-case expression. Throws a CronFault with Quartz's message and offset. */
export function readSchedule(expression: string, lastYear: number): Schedule {
  const texts = fieldTexts(expression);
  const [seconds, minutes, hours] = [new FieldDraft(SECOND), new FieldDraft(MINUTE), new FieldDraft(HOUR)];
  const [daysOfMonth, months] = [new FieldDraft(DAY_OF_MONTH), new FieldDraft(MONTH)];
  const [daysOfWeek, years] = [new FieldDraft(DAY_OF_WEEK), new FieldDraft(yearField(lastYear))];
  const inOrder = [seconds, minutes, hours, daysOfMonth, months, daysOfWeek, years];
  inOrder.forEach((draft, index) => readField(texts[index] ?? '', draft, daysOfMonth));
  if (texts.length < REQUIRED_FIELDS) throw new CronFault('Unexpected end of expression.', expression.length);
  return {
    seconds: seconds.values,
    minutes: minutes.values,
    hours: hours.values,
    day: dayRule(daysOfMonth, daysOfWeek),
    months: months.values,
    years: texts.length > REQUIRED_FIELDS ? years.years : YearSet.every,
  };
}

/** Spaces and tabs separate; other control characters are only trimmed off, and what follows the year is ignored. */
function fieldTexts(expression: string): string[] {
  return expression
    .split(/[ \t]+/)
    .filter((text) => text !== '')
    .map((text) => text.replace(/^[\0- ]+|[\0- ]+$/g, ''));
}

function readField(text: string, draft: FieldDraft, daysOfMonth: FieldDraft): void {
  refuseLists(text, draft);
  for (const item of text.split(',')) if (item !== '') readItem(item, draft, daysOfMonth);
}

/** `L` and `#` hold for a whole field, so they cannot stand beside other items. */
function refuseLists(text: string, { field }: FieldDraft): void {
  const lastInList = text.includes('L') && text.includes(',');
  if (lastInList && field.kind === 'day-of-month') {
    throw new CronFault("Support for specifying 'L' and 'LW' with other days of the month is not implemented", -1);
  }
  if (lastInList && field.kind === 'day-of-week') {
    throw new CronFault("Support for specifying 'L' with other days of the week is not implemented", -1);
  }
  if (field.kind === 'day-of-week' && text.split('#').length > 2) {
    throw new CronFault('Support for specifying multiple "nth" days is not implemented.', -1);
  }
}

function dayRule(daysOfMonth: FieldDraft, daysOfWeek: FieldDraft): DayRule {
  if (daysOfMonth.unspecified === daysOfWeek.unspecified) {
    const text = 'Support for specifying both a day-of-week AND a day-of-month parameter is not implemented.';
    throw new CronFault(text, 0);
  }
  return daysOfWeek.unspecified ? monthDayRule(daysOfMonth) : weekdayRule(daysOfWeek);
}

function monthDayRule(draft: FieldDraft): DayRule {
  const { lastDayBack: back, nearestWeekday, values } = draft;
  if (back !== undefined) return { kind: nearestWeekday ? 'last-nearest' : 'last', back };
  if (!nearestWeekday) return { kind: 'days', days: values };
  // Quartz takes `0W` and then searches for ever.
  if (values.has(0)) throw new CronFault(draft.field.bounds, -1);
  return { kind: 'nearest', day: values.first };
}

/** Of a list or range the smallest weekday is the one that `L` or `#` holds for. */
function weekdayRule(draft: FieldDraft): DayRule {
  const { lastOfWeekday, nthOfWeekday: nth, values } = draft;
  const weekday = values.first;
  if (weekday !== NONE && lastOfWeekday) return { kind: 'last-of-weekday', weekday };
  if (weekday !== NONE && nth !== undefined) return { kind: 'nth-of-weekday', weekday, nth };
  return { kind: 'weekdays', weekdays: values };
}
