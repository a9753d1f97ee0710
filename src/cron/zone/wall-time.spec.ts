import { describe, expect, it } from 'vitest';
import { TimeZones } from './time-zones.js';
import { wallTime, wallTimeWithOffset } from './wall-time.js';

const AT = Date.UTC(2026, 10, 30, 18);

describe('A time on the clock of a zone', () => {
  it.each([
    ['America/Los_Angeles', 'Mon 2026-11-30 10:00:00', ' GMT-08:00'],
    ['Asia/Kolkata', 'Mon 2026-11-30 23:30:00', ' GMT+05:30'],
    ['GMT+07:00', 'Tue 2026-12-01 01:00:00', ' GMT+07:00'],
    ['UTC', 'Mon 2026-11-30 18:00:00', ' GMT+00:00'],
  ])('in %s', (id, shown, offset) => {
    const zone = new TimeZones().find(id);

    expect(zone && [wallTime(AT, zone), wallTimeWithOffset(AT, zone)]).toEqual([shown, shown + offset]);
  });
});
