/** A stretch of time in which a zone keeps one offset from UTC. Epoch seconds, `to` exclusive; the offset in seconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** Seconds to add to UTC at an instant (epoch seconds) to get the time on the wall. */
export type OffsetAt = (instant: number) => number;

/**
 * How far apart the offsets are looked at: 6.07 days. The shortest time from one change to another that takes it back,
 * in all zones since 1970, is just under 7 days (Brazil's north-east in October 2000).
 */
const STRIDE = 2 ** 19;

/** The stretches from one instant to another, in order, without a hole. */
export function stretchesBetween(from: number, to: number, offsetAt: OffsetAt): Stretch[] {
  const stretches: Stretch[] = [];
  let start = from;
  let offset = offsetAt(from);
  for (let seen = from; seen < to;) {
    const ahead = Math.min(seen + STRIDE, to);
    if (offsetAt(ahead) === offset) {
      seen = ahead;
      continue;
    }
    seen = firstChange(seen, ahead, offsetAt);
    if (seen === to) break;
    stretches.push({ from: start, to: seen, offset });
    start = seen;
    offset = offsetAt(seen);
  }
  return [...stretches, { from: start, to, offset }];
}

/** The first second after `from` with another offset, given that there is one up to `to`. */
export function firstChange(from: number, to: number, offsetAt: OffsetAt): number {
  const offset = offsetAt(from);
  let same = from;
  let other = to;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle) === offset) same = middle;
    else other = middle;
  }
  return other;
}
