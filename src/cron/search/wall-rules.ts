import type { TimeZone } from '../zone/time-zone.js';

/**
 * What happens to times that the clocks skip or show twice. `quartz`: a time in a gap is left out, a repeated time counts
 * in its second pass (and in the first one nothing does). `fixed`: a time in a gap counts at the first moment after it, a
 * repeated time in its first pass.
 */
export type DstPolicy = 'quartz' | 'fixed';

/** How a search along the wall clock meets real time. All in seconds: instants since the epoch, walls as in TimeZone. */
export interface WallRules {
  /** The wall time at which to begin looking for something later than an instant. */
  wallAfter(instant: number): number;
  /** Where the hands stand after being set to a wall time. */
  settle(wall: number): number;
  instantOf(wall: number): number;
}

export function wallRules(zone: TimeZone, policy: DstPolicy): WallRules {
  return policy === 'quartz' ? new QuartzRules(zone) : new FixedRules(zone);
}

class QuartzRules implements WallRules {
  constructor(private readonly zone: TimeZone) {}

  wallAfter(instant: number): number {
    return this.zone.wallOf(instant + 1);
  }

  settle(wall: number): number {
    return this.zone.wallOf(this.zone.instantOf(wall));
  }

  instantOf(wall: number): number {
    return this.zone.instantOf(wall);
  }
}

class FixedRules implements WallRules {
  constructor(private readonly zone: TimeZone) {}

  /** One second before a gap this is the first second of the gap. */
  wallAfter(instant: number): number {
    return this.zone.wallOf(instant) + 1;
  }

  settle(wall: number): number {
    return wall;
  }

  instantOf(wall: number): number {
    return this.zone.firstInstantOf(wall);
  }
}
