import { ExpressionFault, quoted } from '../expression-fault.js';
import { Day, Instant } from './dates.js';

export const DAY_MS = 24 * 60 * 60 * 1000;

/** The day on which an instant falls in UTC. */
export function dayOf(epochMs: number): Day {
  return new Day(epochMs - (((epochMs % DAY_MS) + DAY_MS) % DAY_MS));
}

/** @throws ExpressionFault for a day that does not exist, such as the 30th of February */
export function dayAt(year: number, month: number, dayOfMonth: number): Day {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  const day = new Day(date.getTime());
  const exists = day.year === year && day.month === month && day.dayOfMonth === dayOfMonth;
  if (!exists) throw new ExpressionFault(`there is no day ${year}-${month}-${dayOfMonth}`);
  return day;
}

/** The same day of another month, or that month's last where it is shorter. */
export function plusMonths(day: Day, months: number): Day {
  const total = day.year * 12 + day.month - 1 + months;
  const [year, month] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  return dayAt(year, month, Math.min(day.dayOfMonth, last.getUTCDate()));
}

/** Reads `2024-02-29`. */
export function parseDay(text: string): Day {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (day === undefined) throw new ExpressionFault(`${quoted(text)} is no day`);
  return dayAt(Number(year), Number(month), Number(day));
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/;

/** Reads `2024-02-29T12:00:00Z`, with up to three digits of a second. */
export function parseInstant(text: string): Instant {
  const day = INSTANT.exec(text)?.[1];
  if (day === undefined) throw new ExpressionFault(`${quoted(text)} is no instant`);
  parseDay(day);
  return new Instant(Date.parse(text));
}
