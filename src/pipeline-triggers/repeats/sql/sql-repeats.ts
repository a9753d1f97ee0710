import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../../platform/clock/index.js';
import { patiently } from '../../../platform/database/index.js';
import { JobRunner } from '../../../platform/lifecycle/index.js';
import { type Claim, type ClaimOutcome, Repeats } from '../repeats.js';

const HOUR_MS = 3_600_000;

interface ClaimRow {
  readonly claimant: string;
  readonly claimed_at: string;
}

/** One statement, so that of two instances that claim one key at once the second sees what the first wrote. */
const CLAIM = `
  INSERT INTO trigger_repeats AS known (key, claimant, claimed_at, held_until) VALUES ($1, $2, $3, $4)
  ON CONFLICT (key) DO UPDATE SET
    claimant = CASE WHEN known.held_until <= $3 THEN excluded.claimant ELSE known.claimant END,
    claimed_at = CASE WHEN known.held_until <= $3 THEN excluded.claimed_at ELSE known.claimed_at END,
    held_until = CASE WHEN known.held_until <= $3 THEN excluded.held_until ELSE known.held_until END
  RETURNING claimant, claimed_at`;

/** The claims of all instances over one database. */
@Injectable()
export class SqlRepeats extends Repeats implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobRunner,
    private readonly clock: Clock,
    @InjectDataSource() private readonly source: DataSource,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.jobs.start({
      name: 'triggers.repeats',
      description: 'Forgets what senders may tell again',
      intervalMs: () => HOUR_MS,
      run: async () =>
        void (await this.source.query('DELETE FROM trigger_repeats WHERE held_until <= $1', [this.clock.now()])),
    });
  }

  async claim({ key, claimant, at, windowMs }: Claim): Promise<ClaimOutcome> {
    const values = [key, claimant, at, at + windowMs];
    const [first] = await patiently(this.clock, () => this.source.query<ClaimRow[]>(CLAIM, values));
    if (!first || first.claimant === claimant) return { kind: 'first' };
    return { kind: 'repeated', since: Number(first.claimed_at) };
  }
}
