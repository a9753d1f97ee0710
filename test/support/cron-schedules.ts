import fc from 'fast-check';

/** One field of a generated expression: its text in the Quartz dialect and, worked out the plain way, what it allows. */
export interface GeneratedField {
  readonly text: string;
  readonly values: ReadonlySet<number>;
}

/** Which days count: the texts of both day fields, and the rule as a sentence about one date. */
export interface GeneratedDay {
  readonly ofMonth: string;
  readonly ofWeek: string;
  readonly counts: (date: CalendarDate) => boolean;
}

/** Months and days from 1, weekdays from Sunday = 1. */
export interface CalendarDate {
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly daysInMonth: number;
}

export interface GeneratedSchedule {
  readonly text: string;
  readonly seconds: GeneratedField;
  readonly minutes: GeneratedField;
  readonly hours: GeneratedField;
  readonly months: GeneratedField;
  readonly day: GeneratedDay;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const SIXTIETHS: Span = { from: 0, to: 59 };
const HOURS: Span = { from: 0, to: 23 };
const MONTHS: Span = { from: 1, to: 12 };
const DAYS: Span = { from: 1, to: 31 };
const WEEKDAYS: Span = { from: 1, to: 7 };

/** The values from one to another, beginning again at the front where the second is the smaller one. */
function walked({ from, to }: Span, first: number, last: number, step: number): Set<number> {
  const size = to - from + 1;
  const length = (last - first + size) % size;
  const values = new Set<number>();
  for (let gone = 0; gone <= length; gone += step) values.add(((first - from + gone) % size) + from);
  return values;
}

const single = (span: Span) =>
  fc.integer({ min: span.from, max: span.to }).map((value) => ({ text: `${value}`, values: new Set([value]) }));

const stepped = (span: Span) =>
  fc
    .tuple(fc.integer({ min: span.from, max: span.to }), fc.integer({ min: 1, max: span.to - span.from }))
    .map(([first, step]) => ({ text: `${first}/${step}`, values: walked(span, first, span.to, step) }));

const range = (span: Span) =>
  fc
    .tuple(single(span), single(span), fc.integer({ min: 1, max: 9 }))
    .map(([{ text: first }, { text: last }, step]) => ({
      text: step === 1 ? `${first}-${last}` : `${first}-${last}/${step}`,
      values: walked(span, Number(first), Number(last), step),
    }));

const list = (span: Span) =>
  fc.array(fc.oneof(single(span), range(span)), { minLength: 1, maxLength: 3 }).map((items) => ({
    text: items.map(({ text }) => text).join(','),
    values: new Set(items.flatMap(({ values }) => [...values])),
  }));

const every = ({ from, to }: Span) =>
  fc.constant({ text: '*', values: new Set(Array.from({ length: to - from + 1 }, (_, i) => from + i)) });

const field = (span: Span): fc.Arbitrary<GeneratedField> => fc.oneof(every(span), stepped(span), list(span));

/** The weekday of a day of the same month as a date. */
const weekdayOf = (date: CalendarDate, day: number): number =>
  ((((date.weekday - 1 + day - date.day) % 7) + 7) % 7) + 1;

/** The working day nearest to a day, within its month. */
function nearestWorkingDay(date: CalendarDate, day: number): number {
  const weekday = weekdayOf(date, day);
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === date.daysInMonth ? day - 2 : day + 1;
  return day;
}

const back = fc.integer({ min: 0, max: 27 });
const lastText = (days: number): string => (days === 0 ? 'L' : `L-${days}`);

const ofMonth = (text: string, counts: GeneratedDay['counts']): GeneratedDay => ({
  ofMonth: text,
  ofWeek: '?',
  counts,
});
const ofWeek = (text: string, counts: GeneratedDay['counts']): GeneratedDay => ({ ofMonth: '?', ofWeek: text, counts });

const day: fc.Arbitrary<GeneratedDay> = fc.oneof(
  field(DAYS).map(({ text, values }) => ofMonth(text, (date) => values.has(date.day))),
  field(WEEKDAYS).map(({ text, values }) => ofWeek(text, (date) => values.has(date.weekday))),
  back.map((days) => ofMonth(lastText(days), (date) => date.day === date.daysInMonth - days)),
  back.map((days) =>
    ofMonth(`${lastText(days)}W`, (date) => date.day === nearestWorkingDay(date, date.daysInMonth - days)),
  ),
  fc
    .integer({ min: 1, max: 28 })
    .map((wanted) => ofMonth(`${wanted}W`, (date) => date.day === nearestWorkingDay(date, wanted))),
  fc
    .integer({ min: 1, max: 7 })
    .map((wanted) => ofWeek(`${wanted}L`, (date) => date.weekday === wanted && date.day > date.daysInMonth - 7)),
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 }))
    .map(([wanted, nth]) =>
      ofWeek(`${wanted}#${nth}`, (date) => date.weekday === wanted && Math.ceil(date.day / 7) === nth),
    ),
);

/** Expressions over all fields and all kinds of items, without years. */
export const schedules: fc.Arbitrary<GeneratedSchedule> = fc
  .record({ seconds: field(SIXTIETHS), minutes: field(SIXTIETHS), hours: field(HOURS), months: field(MONTHS), day })
  .map((parts) => {
    const { seconds, minutes, hours, months, day } = parts;
    const fields = [seconds.text, minutes.text, hours.text, day.ofMonth, months.text, day.ofWeek];
    return { ...parts, text: fields.join(' ') };
  });
