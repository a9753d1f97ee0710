import type { OffsetAt } from './stretch.js';

const SHOWN = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/**
 * The offsets of an IANA zone as the runtime knows them. Asking costs about a microsecond and the formatter some kilobytes,
 * so this is for building tables and not to be kept. Undefined for an id that the runtime does not know.
 */
export function offsetsOf(ianaId: string): OffsetAt | undefined {
  const format = formatFor(ianaId);
  return format && ((instant) => readOffset(format.format(instant * 1000)));
}

function formatFor(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset', year: 'numeric' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readOffset(text: string): number {
  const [, sign, hours, minutes, seconds] = SHOWN.exec(text) ?? [];
  if (sign === undefined) return 0;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -size : size;
}
