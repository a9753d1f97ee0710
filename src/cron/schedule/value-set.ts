/** What `next` and `first` answer when there is no such value. */
export const NONE = -1;

/** An immutable set of whole numbers from 0 to 63, as two masks: small enough to keep one per field of 100,000 triggers. */
export class ValueSet {
  constructor(
    private readonly low: number,
    private readonly high: number,
  ) {}

  get isEmpty(): boolean {
    return this.low === 0 && this.high === 0;
  }

  /** The smallest member, or NONE. */
  get first(): number {
    return this.next(0);
  }

  /** The smallest member that is not below `from` (0 or more), or NONE. */
  next(from: number): number {
    if (from < 32) {
      const low = this.low & (-1 << from);
      if (low !== 0) return lowestBit(low);
    }
    if (from > 63) return NONE;
    const high = from < 32 ? this.high : this.high & (-1 << (from - 32));
    return high === 0 ? NONE : lowestBit(high) + 32;
  }

  has(value: number): boolean {
    return this.next(value) === value;
  }

  values(): number[] {
    const values: number[] = [];
    for (let value = this.first; value !== NONE; value = this.next(value + 1)) values.push(value);
    return values;
  }
}

const lowestBit = (mask: number): number => 31 - Math.clz32(mask & -mask);
