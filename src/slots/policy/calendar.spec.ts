import { describe, expect, it } from 'vitest';
import { TimeZones } from '../../cron/index.js';
import { Calendar, faultsOf } from './calendar.js';
import { policyConfig } from './policy.config.js';

const zones = new TimeZones();
const zoneOf = (id: string) => {
  const zone = zones.find(id);
  if (zone) return zone;
  throw new Error(`no zone ${id}`);
};

function calendar(options: object, zone = 'UTC'): Calendar {
  const [read] = policyConfig.calendars.schema.parse([{ name: 'c', windows: [], ...options }]);
  if (!read) throw new Error('nothing read');
  return new Calendar(read, zoneOf(zone));
}

function heldUntil(window: object, at: string, zone?: string): string | undefined {
  const until = calendar({ windows: [window] }, zone).heldUntil(Date.parse(at));
  return until === undefined ? undefined : new Date(until).toISOString().replace('.000Z', 'Z');
}

describe('a window of dates', () => {
  it.each([
    ['2026-12-23T22:59:59Z', undefined],
    ['2026-12-23T23:00:00Z', '2026-12-24T23:00:00Z'],
    ['2026-12-24T22:59:59Z', '2026-12-24T23:00:00Z'],
    ['2026-12-24T23:00:00Z', undefined],
  ])('holds back from its midnight to the next, where it is: %s', (at, until) => {
    expect(heldUntil({ date: '2026-12-24' }, at, 'Europe/Berlin')).toBe(until);
  });

  it.each([
    [{ from: '2026-12-20', to: '2027-01-02' }, '2027-01-02T00:00:00Z'],
    [{ from: '2026-12-31T18:00', to: '2027-01-01T06:30:30' }, '2027-01-01T06:30:30Z'],
    [{ from: '2026-12-31T18:00:00Z', to: '2027-01-01T08:00:00+02:00' }, '2027-01-01T06:00:00Z'],
  ])('holds back from one time to another: %j', (window, until) => {
    expect(heldUntil(window, '2026-12-31T20:00:00Z')).toBe(until);
    expect(heldUntil(window, '2027-01-03T00:00:00Z')).toBeUndefined();
  });

  it('begins after a gap in the clocks where its time is skipped', () => {
    const window = { from: '2026-03-29T02:30', to: '2026-03-29T04:00' };

    expect(heldUntil(window, '2026-03-29T01:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T02:00:00Z');
    expect(heldUntil(window, '2026-03-29T00:59:59Z', 'Europe/Berlin')).toBeUndefined();
  });
});

describe('a window that comes again', () => {
  const weekend = { cron: '0 0 18 ? * FRI', duration: '62h' };

  it.each([
    ['2026-01-02T17:59:59Z', undefined],
    ['2026-01-02T18:00:00Z', '2026-01-05T08:00:00Z'],
    ['2026-01-05T07:59:59Z', '2026-01-05T08:00:00Z'],
    ['2026-01-05T08:00:00Z', undefined],
  ])('holds back for so long each time: %s', (at, until) => {
    expect(heldUntil(weekend, at)).toBe(until);
  });

  it('holds back until the latest end where it comes again before its end', () => {
    expect(heldUntil({ cron: '0 0 * * * ?', duration: '150m' }, '2026-01-01T10:30:00Z')).toBe('2026-01-01T12:30:00Z');
  });
});

describe('whom a calendar is for', () => {
  const isFor = (options: object, application = 'shop-prod', labels: string[] = []) =>
    calendar(options).isFor({ application, labels });

  it.each([
    [{}, true],
    [{ applications: ['shop*'] }, true],
    [{ applications: ['SHOP-PROD'] }, true],
    [{ applications: ['other'] }, false],
    [{ labels: ['team:pay'] }, false],
    [{ applications: ['other'], labels: ['team:pay'] }, false],
  ])('%j: %s', (options, expected) => {
    expect(isFor(options)).toBe(expected);
  });

  it('is who has one of its labels', () => {
    expect(isFor({ labels: ['team:pay'] }, 'x', ['a', 'team:pay'])).toBe(true);
    expect(isFor({ applications: ['other'], labels: ['a'] }, 'x', ['a'])).toBe(true);
  });
});

describe('what is wrong with a calendar', () => {
  it.each([
    { cron: '0 0 25 * * ?', duration: '1h' },
    { cron: '0 0 12 * * ?', duration: 0 },
    { date: '2026-02-30' },
    { from: '2026-12-31', to: '2026-12-01' },
  ])('is said, and the others hold: %j', (window) => {
    const options = { name: 'c', windows: [window, { date: '2026-12-24' }] };
    const [read] = policyConfig.calendars.schema.parse([options]);

    expect(read && faultsOf(read, zoneOf('UTC'))).toHaveLength(1);
    expect(calendar(options).heldUntil(Date.parse('2026-12-24T12:00:00Z'))).toBeDefined();
  });

  it.each([{ date: 'tomorrow' }, { date: '2026-12-24T10:00' }, { from: '2026-12-24' }, { cron: '0 0 12 * * ?' }, {}])(
    'stops the boot where it is no window: %j',
    (window) => {
      expect(policyConfig.calendars.schema.safeParse([{ name: 'c', windows: [window] }]).success).toBe(false);
    },
  );
});
