import type { JsonObject } from '../../platform/json/index.js';
import type { CronTrigger, Timetable } from '../../slots/index.js';
import { shownTime } from './times.js';

/** The next slots after an instant, in UTC and on the clock of their zone. */
export function slotTimes(
  timetable: Timetable,
  scheduled: Pick<CronTrigger, 'expression' | 'timeZone'>,
  after: number,
  limit: number,
): JsonObject[] {
  const times: JsonObject[] = [];
  let at = timetable.next(scheduled, after);
  for (; at !== undefined && times.length < limit; at = timetable.next(scheduled, at)) {
    times.push({ at: shownTime(at), local: wallTime(at, scheduled.timeZone) });
  }
  return times;
}

/** A time on the clock of a zone: `Mon 2026-11-30 10:00:00`. Java's own zones that JavaScript does not know show in UTC. */
export function wallTime(time: number, zone: string): string {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
  const { weekday, year, month, day, hour, minute, second } = parts;
  return `${weekday} ${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const fields = { weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...fields, ...clock });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...fields, ...clock });
  }
}
