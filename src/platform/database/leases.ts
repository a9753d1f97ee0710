import type { Clock } from '../clock/index.js';
import { newUlid } from '../ids/index.js';

/** Who works on a row, and until when (milliseconds since the epoch) nobody else may. */
export interface Lease {
  readonly by: string;
  readonly until: number;
}

/**
 * The leases of one instance. They are dated by the clocks of the instances: those have to agree to a few seconds, far
 * less than a lease is long.
 */
export class Leases {
  /** Names this run of this instance. */
  readonly owner: string;
  private lostSightAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly lengthMs: () => number,
  ) {
    this.owner = newUlid(clock.now());
  }

  /** A lease from now on, or from a later instant. */
  lease(from = 0): Lease {
    return { by: this.owner, until: Math.max(from, this.clock.now()) + this.lengthMs() };
  }

  /**
   * Rows whose lease ran out before this instant are abandoned. After the database was away nothing counts as abandoned
   * for the length of a lease: no owner could renew, and those that live come back to their work first.
   */
  abandonedBefore(): number {
    const now = this.clock.now();
    return now - this.lostSightAt < this.lengthMs() ? 0 : now;
  }

  /** Runs what renews or looks for leases, and remembers when the database failed it. */
  async watch<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.lostSightAt = this.clock.now();
      throw error;
    }
  }
}
