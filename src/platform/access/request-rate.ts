import { keepNewest } from '../bounded/index.js';

const SECOND_MS = 1000;
const MOST_ADDRESSES = 10_000;

interface Allowance {
  /** How many more may come at once. */
  readonly left: number;
  readonly at: number;
}

/** Counts requests by address: so many a second, and as many at once where an address was quiet before. */
export class RequestRate {
  private readonly allowances = new Map<string, Allowance>();

  /**
   * Takes note of a request, and says whether it is within the rate.
   *
   * @param now milliseconds since the epoch
   */
  allows(address: string, perSecond: number, now: number): boolean {
    const known = this.allowances.get(address) ?? { left: perSecond, at: now };
    const left = Math.min(perSecond, known.left + ((now - known.at) * perSecond) / SECOND_MS);
    const isAllowed = left >= 1;
    this.allowances.delete(address);
    this.allowances.set(address, { left: isAllowed ? left - 1 : left, at: now });
    keepNewest(this.allowances, MOST_ADDRESSES);
    return isAllowed;
  }
}
