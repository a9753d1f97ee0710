import type { TimeZone } from './time-zone.js';

/** What the clocks of a zone show at an instant (milliseconds since the epoch): `Mon 2026-11-30 10:00:00`. */
export function wallTime(at: number, zone: TimeZone): string {
  const wall = new Date(zone.wallOf(Math.floor(at / 1000)) * 1000);
  return `${wall.toUTCString().slice(0, 3)} ${wall.toISOString().slice(0, 19).replace('T', ' ')}`;
}

/** The same with the distance from UTC: `Mon 2026-11-30 10:00:00 GMT-08:00`. */
export function wallTimeWithOffset(at: number, zone: TimeZone): string {
  const offset = zone.offsetAt(Math.floor(at / 1000));
  const distance = new Date(Math.abs(offset) * 1000).toISOString().slice(11, 16);
  return `${wallTime(at, zone)} GMT${offset < 0 ? '-' : '+'}${distance}`;
}
