import { Coalesced } from '../../platform/lifecycle/index.js';
import type { Settings } from '../../platform/settings/index.js';
import type { Effect } from '../effect.js';
import { outboxConfig } from '../outbox.config.js';
import type { EffectRuns, OutboxParts } from './effect-runs.js';
import { type ClaimLimits, effectsTable } from './effects-table.js';

/** What one look may claim: in all, of one lane, and in bytes. */
const PER_ROUND = 500;
const PER_LANE = 100;
const BYTES_PER_ROUND = 33_554_432;

/** Takes effects out of the database that are due or were left behind, as many as there is room for. */
export class Claims {
  private readonly looking = new Coalesced(() => this.claimRounds(this.parts.clock.now()));
  /** Lanes that had no room for all that was due, and whether there was none at all. */
  private crowded: ReadonlySet<string> = new Set();
  private full = false;

  constructor(
    private readonly parts: OutboxParts,
    private readonly runs: EffectRuns,
    private readonly settings: Settings,
  ) {}

  /** How many more effects this instance may hold. */
  room(): number {
    return this.settings.get(outboxConfig.inFlight) - this.parts.held.size;
  }

  /** Claims what is due, as long as there is more and room for it. */
  take(): Promise<void> {
    return this.looking.run();
  }

  /** Whether another look is worth while, now that an attempt of this effect has ended. */
  isRoomFor(effect: Effect): boolean {
    const { attempts, held } = this.parts;
    const lane = attempts.laneOf(effect);
    if (this.crowded.has(lane) && attempts.lanes.hasRoom(lane)) return true;
    return this.full && held.size < this.settings.get(outboxConfig.inFlight) / 2;
  }

  private async claimRounds(began: number): Promise<void> {
    const { attempts, held, leases, source } = this.parts;
    for (;;) {
      const most = Math.min(this.room(), PER_ROUND);
      const blocked = attempts.lanes.blocked();
      this.full = most <= 0;
      this.crowded = new Set(blocked);
      if (this.full || this.runs.closed) return;
      const lease = leases.lease();
      const claimed = await effectsTable.claim(source, this.limits(most, blocked), lease);
      for (const effect of claimed) if (!held.has(effect.id)) this.runs.begin(effect, lease.until);
      if (claimed.length === 0) return held.expectNothingBefore(began);
    }
  }

  private limits(most: number, blocked: readonly string[]): ClaimLimits {
    const [now, abandonedBefore] = [this.parts.clock.now(), this.parts.leases.abandonedBefore()];
    return { now, abandonedBefore, most, blocked, mostOfLane: PER_LANE, mostBytes: BYTES_PER_ROUND };
  }
}
