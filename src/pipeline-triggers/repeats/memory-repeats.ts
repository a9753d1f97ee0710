import { Injectable } from '@nestjs/common';
import { type Claim, type ClaimOutcome, Repeats } from './repeats.js';

type Kept = Pick<Claim, 'claimant' | 'at'> & { readonly until: number };

/** The claims of one instance without a database: as many as come within the window. */
@Injectable()
export class MemoryRepeats extends Repeats {
  /** In the order in which they were made. */
  private readonly kept = new Map<string, Kept>();

  claim({ key, claimant, at, windowMs }: Claim): Promise<ClaimOutcome> {
    this.forgetUntil(at);
    const known = this.kept.get(key);
    if (known && at < known.until) {
      const outcome: ClaimOutcome =
        known.claimant === claimant ? { kind: 'first' } : { kind: 'repeated', since: known.at };
      return Promise.resolve(outcome);
    }
    this.kept.delete(key);
    this.kept.set(key, { claimant, at, until: at + windowMs });
    return Promise.resolve({ kind: 'first' });
  }

  private forgetUntil(now: number): void {
    for (const [key, { until }] of this.kept) {
      if (until > now) return;
      this.kept.delete(key);
    }
  }
}
