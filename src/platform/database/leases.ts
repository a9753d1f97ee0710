import type { Clock } from '../clock/index.js';
import { newUlid } from '../ids/index.js';

/** This share of a lease lies between the last act of its owner and the first of whoever takes over. */
const MARGIN = 1 / 3;

/** Who works on a row, and until when (milliseconds since the epoch) nobody else may. */
export interface Lease {
  readonly by: string;
  readonly until: number;
}

/** Nobody works on a row, and whoever looks from an instant on may. */
export interface Unleased {
  readonly by: null;
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

  /** A lease from an instant on. */
  lease(from = this.clock.now()): Lease {
    return { by: this.owner, until: from + this.lengthMs() };
  }

  /**
   * Whether a lease until then covers what begins now: it holds, and long enough for what is sent to have arrived before
   * somebody else may ask for it. Leases are renewed so often that only an owner that was held up falls short of it.
   */
  covers(until: number): boolean {
    return until - this.clock.now() > this.lengthMs() * MARGIN;
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
