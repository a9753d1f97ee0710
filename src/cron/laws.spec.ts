import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarDate, type GeneratedSchedule, schedules } from '../../test/support/cron-schedules.js';
import { type CronExpression, parseCron, type TimeZone, TimeZones } from './index.js';

const DAY_MS = 24 * 3600 * 1000;
const MINUTE_MS = 60 * 1000;
/** Beyond this a schedule counts as never due again: the rarest of the generated ones, a weekday on 29 February, comes every 40 years at most. */
const HORIZON_DAYS = 45 * 366;

const zones = new TimeZones();
const zone = (id: string): TimeZone => zones.find(id)!;
const UTC = zone('UTC');

function parsed(text: string): CronExpression {
  const reading = parseCron(text);
  if (reading.kind === 'invalid') throw new Error(`${text}: ${reading.message}`);
  return reading.cron;
}

function calendarDate(midnightMs: number): CalendarDate {
  const date = new Date(midnightMs);
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() + 1, daysInMonth };
}

const sorted = ({ values }: { values: ReadonlySet<number> }): number[] => [...values].sort((a, b) => a - b);

/** The first match on a day that is later than an instant, by trying all times of day in order. */
function firstOfDay(schedule: GeneratedSchedule, midnightMs: number, afterMs: number): number | undefined {
  const hours = sorted(schedule.hours);
  const minutes = sorted(schedule.minutes);
  const seconds = sorted(schedule.seconds);
  for (const hour of hours)
    for (const minute of minutes)
      for (const second of seconds) {
        const at = midnightMs + ((hour * 60 + minute) * 60 + second) * 1000;
        if (at > afterMs) return at;
      }
  return undefined;
}

/** The first match later than an instant, by looking at one day after another. */
function plainNext(schedule: GeneratedSchedule, afterMs: number): number | undefined {
  const today = Math.floor(afterMs / DAY_MS) * DAY_MS;
  for (let days = 0; days <= HORIZON_DAYS; days++) {
    const midnight = today + days * DAY_MS;
    const date = calendarDate(midnight);
    if (!schedule.months.values.has(date.month) || !schedule.day.counts(date)) continue;
    const at = firstOfDay(schedule, midnight, afterMs);
    if (at !== undefined) return at;
  }
  return undefined;
}

const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2050, 0, 1) });

describe('the next time of any expression', () => {
  it('is later, satisfies every field, and nothing in between does', () => {
    const law = fc.property(schedules, instants, (schedule, afterMs) => {
      expect(parsed(schedule.text).next(afterMs, UTC), schedule.text).toBe(plainNext(schedule, afterMs));
    });

    fc.assert(law, { numRuns: 3000 });
  });

  it('is the same from every instant before it', () => {
    const law = fc.property(
      schedules,
      instants,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (schedule, afterMs, share) => {
        const cron = parsed(schedule.text);
        const next = cron.next(afterMs, UTC);
        fc.pre(next !== undefined);
        const between = afterMs + Math.floor((next - 1 - afterMs) * share);

        expect(cron.next(between, UTC), schedule.text).toBe(next);
      },
    );

    fc.assert(law, { numRuns: 1000 });
  });
});

interface WallMinute {
  readonly atMs: number;
  readonly wall: string;
}

/** Every minute of some hours around a change of the clocks, with what the clocks show. */
function minutesAround(changeMs: number, timeZone: string): WallMinute[] {
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const hours = 30;
  return Array.from({ length: 2 * hours * 60 }, (_, i) => {
    const atMs = changeMs + (i - hours * 60) * MINUTE_MS;
    return { atMs, wall: shown.format(atMs) };
  });
}

/** Clocks that go forward and back by an hour, and by half of one. */
const CHANGES = [
  { id: 'America/New_York', at: Date.UTC(2026, 2, 8, 7) },
  { id: 'America/New_York', at: Date.UTC(2026, 10, 1, 6) },
  { id: 'Europe/Berlin', at: Date.UTC(2027, 2, 28, 1) },
  { id: 'Europe/Berlin', at: Date.UTC(2027, 9, 31, 1) },
  { id: 'Australia/Lord_Howe', at: Date.UTC(2026, 3, 4, 15) },
  { id: 'Australia/Lord_Howe', at: Date.UTC(2026, 9, 3, 15, 30) },
];
const AROUND = CHANGES.map(({ id, at }) => ({
  id,
  at,
  minutes: minutesAround(at, id),
  [fc.toStringMethod]: () => `${id} at ${new Date(at).toISOString()}`,
}));
/** Quartz's clock loses its place in a gap that is not of whole hours; the recorded rows show how. */
const BY_HOURS = AROUND.filter(({ id }) => id !== 'Australia/Lord_Howe');

const timesOfDay = schedules.map(({ minutes, hours }) => ({
  text: `0 ${minutes.text} ${hours.text} * * ?`,
  minutes,
  hours,
}));

function matches({ minutes, hours }: Pick<GeneratedSchedule, 'minutes' | 'hours'>, wall: string): boolean {
  const [hour, minute] = wall.slice(-5).split(':').map(Number) as [number, number];
  return hours.values.has(hour) && minutes.values.has(minute);
}

function allBetween(
  cron: CronExpression,
  { id, minutes }: (typeof AROUND)[number],
  dstPolicy: 'quartz' | 'fixed',
): number[] {
  const last = minutes.at(-1)!.atMs;
  const found: number[] = [];
  for (let at: number | undefined = minutes[0]!.atMs - 1; ; found.push(at)) {
    at = cron.next(at, zone(id), { dstPolicy });
    if (at === undefined || at > last) return found;
  }
}

describe('where the clocks change', () => {
  it('a time in the gap is left out, and a repeated one counts in its second pass, as in Quartz', () => {
    const law = fc.property(timesOfDay, fc.constantFrom(...BY_HOURS), (times, around) => {
      const lastOf = new Map(around.minutes.map(({ wall, atMs }) => [wall, atMs]));
      const expected = around.minutes.filter(({ wall, atMs }) => lastOf.get(wall) === atMs && matches(times, wall));

      const found = allBetween(parsed(times.text), around, 'quartz');

      expect(found, `${times.text} in ${around.id}`).toEqual(expected.map(({ atMs }) => atMs));
    });

    fc.assert(law, { numRuns: 300 });
  });

  it('under the fixed policy every time of the day counts once, one in the gap at the first moment after it', () => {
    const law = fc.property(timesOfDay, fc.constantFrom(...AROUND), (times, around) => {
      const firstOf = new Map([...around.minutes].reverse().map(({ wall, atMs }) => [wall, atMs]));
      const shown = around.minutes.filter(({ wall, atMs }) => firstOf.get(wall) === atMs && matches(times, wall));
      const skipped = skippedWalls(around.minutes).some((wall) => matches(times, wall)) ? [around.at] : [];
      const expected = [...new Set([...shown.map(({ atMs }) => atMs), ...skipped])].sort((a, b) => a - b);

      const found = allBetween(parsed(times.text), around, 'fixed');

      expect(found, `${times.text} in ${around.id}`).toEqual(expected);
    });

    fc.assert(law, { numRuns: 300 });
  });
});

/** The times of day between two neighbouring minutes that the clocks do not show. */
function skippedWalls(minutes: readonly WallMinute[]): string[] {
  const ofDay = (wall: string) => Number(wall.slice(-5, -3)) * 60 + Number(wall.slice(-2));
  return minutes.flatMap(({ wall }, i) => {
    const before = i === 0 ? undefined : ofDay(minutes[i - 1]!.wall);
    const now = ofDay(wall) === 0 ? 24 * 60 : ofDay(wall);
    if (before === undefined || now <= before + 1) return [];
    return Array.from({ length: now - before - 1 }, (_, gone) => {
      const minute = before + 1 + gone;
      return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    });
  });
}
