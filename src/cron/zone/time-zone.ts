import { firstChange, type Stretch } from './stretch.js';

/** More than any offset there has been: an instant and the same wall time read as UTC are never further apart. */
const FARTHEST = 16 * 3600;
/** So far from the next change of the offset a wall time has exactly one instant. */
const SAFE = 2 * FARTHEST;
const NOWHERE: Stretch = { from: 0, to: 0, offset: 0 };

/**
 * A time zone with a table of its offsets that grows as it is asked; make one per id and share it. Instants are epoch
 * seconds; a wall time is the number of seconds that UTC would have when its clocks show the same.
 */
export class TimeZone {
  #current = NOWHERE;

  /**
   * @param id as Java would show it: `GMT+05:30` for `GMT+5:30`
   * @param stretchAt the stretch that an instant lies in
   */
  constructor(
    readonly id: string,
    private readonly stretchAt: (instant: number) => Stretch,
  ) {}

  /** Seconds to add to UTC at an instant. */
  offsetAt(instant: number): number {
    const { from, to, offset } = this.#current;
    if (instant >= from && instant < to) return offset;
    this.#current = this.stretchAt(instant);
    return this.#current.offset;
  }

  /** What the clocks show at an instant. */
  wallOf(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  /** The instant of a wall time as Java's calendar reads it: the later of two, and a time in a gap as if set before it. */
  instantOf(wall: number): number {
    const sure = this.#sureInstant(wall);
    if (sure !== undefined) return sure;
    const later = wall - this.offsetAt(wall + FARTHEST);
    return this.wallOf(later) === wall ? later : wall - this.offsetAt(wall - FARTHEST);
  }

  /** The instant at which the clocks first show a wall time, or the first after the gap that it lies in. */
  firstInstantOf(wall: number): number {
    const sure = this.#sureInstant(wall);
    if (sure !== undefined) return sure;
    const first = wall - this.offsetAt(wall - FARTHEST);
    if (this.wallOf(first) === wall) return first;
    const later = wall - this.offsetAt(wall + FARTHEST);
    return this.wallOf(later) === wall ? later : firstChange(later, first, (instant) => this.offsetAt(instant));
  }

  #sureInstant(wall: number): number | undefined {
    const { from, to, offset } = this.#current;
    const instant = wall - offset;
    return instant >= from + SAFE && instant < to - SAFE ? instant : undefined;
  }
}
