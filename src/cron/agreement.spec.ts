import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCron, TimeZones } from './index.js';

const zones = new TimeZones();
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Two different values, the smaller one first: a range that wraps, or begins where it ends, means something else to each. */
const rising = (min: number, max: number) =>
  fc
    .uniqueArray(fc.integer({ min, max }), { minLength: 2, maxLength: 2 })
    .map((ends) => [Math.min(...ends), Math.max(...ends)] as const);

function items(min: number, max: number, name: (value: number) => string = String): fc.Arbitrary<string> {
  const one = fc.integer({ min, max }).map(name);
  const range = rising(min, max).map(([from, to]) => `${name(from)}-${name(to)}`);
  const step = fc.integer({ min: 2, max: Math.max(2, max - min) }).map((by) => `*/${by}`);
  const list = fc.uniqueArray(one, { minLength: 2, maxLength: 4 }).map((values) => values.join(','));
  return fc.oneof(fc.constant('*'), one, range, step, list);
}

interface Written {
  readonly quartz: string;
  readonly others: string;
}

const alike = (text: string): Written => ({ quartz: text, others: text });

/** Both day fields, in the dialect of Quartz and in that of cron; only one of them restricts, since cron's "or" is not Quartz's. */
const days: fc.Arbitrary<readonly [ofMonth: Written, ofWeek: Written]> = fc.oneof(
  items(1, 31).map((ofMonth) => [alike(ofMonth), { quartz: '?', others: '*' }] as const),
  fc.constant([alike('L'), { quartz: '?', others: '*' }] as const),
  fc
    .oneof(
      fc.integer({ min: 0, max: 6 }).map((day) => WEEKDAYS[day]!),
      rising(0, 6).map(([from, to]) => `${WEEKDAYS[from]}-${WEEKDAYS[to]}`),
      fc
        .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 5 }))
        .map(([day, nth]) => `${WEEKDAYS[day]}#${nth}`),
    )
    .map((ofWeek) => [{ quartz: '?', others: '*' }, alike(ofWeek)] as const),
);

/** The hours in which no clock of the zones below changes: at those times the dialects part on purpose. */
const QUIET_HOURS = [4, 22] as const;
const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Chatham'];

const overlap: fc.Arbitrary<Written> = fc
  .tuple(
    items(0, 59),
    items(0, 59),
    fc.oneof(
      rising(...QUIET_HOURS).map(([a, b]) => `${a}-${b}`),
      fc.integer({ min: 4, max: 22 }).map(String),
    ),
    days,
    items(1, 12, (month) => MONTHS[month - 1]!),
  )
  .map(([seconds, minutes, hours, [ofMonth, ofWeek], months]) => ({
    quartz: [seconds, minutes, hours, ofMonth.quartz, months, ofWeek.quartz].join(' '),
    others: [seconds, minutes, hours, ofMonth.others, months, ofWeek.others].join(' '),
  }));

const instants = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) });
const COUNT = 5;

function ours(expression: string, timeZone: string, afterMs: number): number[] {
  const reading = parseCron(expression);
  if (reading.kind === 'invalid') throw new Error(`${expression}: ${reading.message}`);
  const times: number[] = [];
  for (let at: number | undefined = afterMs; times.length < COUNT; times.push(at)) {
    at = reading.cron.next(at, zones.find(timeZone)!);
    if (at === undefined) break;
  }
  return times;
}

const croners = (expression: string, timezone: string, afterMs: number): number[] =>
  new Cron(expression, { timezone, mode: '6-part' }).nextRuns(COUNT, new Date(afterMs)).map((date) => date.getTime());

function cronParsers(expression: string, tz: string, afterMs: number): number[] {
  const parsed = CronExpressionParser.parse(expression, { tz, currentDate: new Date(afterMs) });
  return Array.from({ length: COUNT }, () => parsed.next().getTime());
}

describe('where the dialects overlap', () => {
  it.each([
    ['croner', croners],
    ['cron-parser', cronParsers],
  ] as const)('the next times are those of %s', (_name, theirs) => {
    const law = fc.property(overlap, fc.constantFrom(...ZONES), instants, ({ quartz, others }, timeZone, afterMs) => {
      const mine = ours(quartz, timeZone, afterMs);
      fc.pre(mine.length === COUNT);

      expect(mine, `${quartz} in ${timeZone}`).toEqual(theirs(others, timeZone, afterMs));
    });

    fc.assert(law, { numRuns: 1000 });
  });
});
