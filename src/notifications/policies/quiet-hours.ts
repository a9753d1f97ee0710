import type { QuietHours } from './policies.config.js';

const DAY = 24 * 60;
const MINUTE_MS = 60_000;

const minutesOf = (text: string): number => {
  const [hours = '0', minutes = '0'] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
};

/** Minutes since midnight on the clocks of a zone. */
function timeOfDay(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return minutesOf(format.format(at));
}

/**
 * The instant at which the quiet hours end that hold now for a channel and a moment; nothing where none hold.
 * @param now milliseconds since the epoch
 */
export function endOfQuiet(
  hours: readonly QuietHours[],
  { channel, moment }: { readonly channel: string; readonly moment: string },
  now: number,
): number | undefined {
  const ends = hours.flatMap(({ from, to, timezone, channels, except }) => {
    if ((channels.length > 0 && !channels.includes(channel)) || except.includes(moment)) return [];
    const [begin, end, present] = [minutesOf(from), minutesOf(to), timeOfDay(now, timezone)];
    const isQuiet = begin <= end ? present >= begin && present < end : present >= begin || present < end;
    if (!isQuiet) return [];
    return [Math.floor(now / MINUTE_MS) * MINUTE_MS + ((end - present + DAY) % DAY) * MINUTE_MS];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}
