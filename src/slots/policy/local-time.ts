import { type TimeZone, parseCron } from '../../cron/index.js';

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/;
/** Before any instant that an expression with a year of today can mean. */
const LONG_AGO = Date.UTC(1970, 0, 1);

/**
 * The instant of a date (its midnight), of a local date and time, or of one with an offset; milliseconds since the epoch.
 * A time that the clocks skip is the first moment after it. `undefined` where there is no such day.
 */
export function instantOf(text: string, zone: TimeZone): number | undefined {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = LOCAL.exec(text) ?? [];
  if (year === undefined) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? undefined : instant;
  }
  const numbers = [second, minute, hour, day, month].map(Number).join(' ');
  const reading = parseCron(`${numbers} ? ${year}`);
  return reading.kind === 'valid' ? reading.cron.next(LONG_AGO, zone, { dstPolicy: 'fixed' }) : undefined;
}

/** The day after a date, as a date. */
export function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
