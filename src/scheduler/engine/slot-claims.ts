import { Injectable } from '@nestjs/common';
import { Starter } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import { ClusterGate } from '../clusters/cluster-gate.js';
import { schedulerConfig } from '../scheduler.config.js';
import { TriggerStore } from '../trigger-store.js';
import { TurnPlanner } from './turn-planner.js';
import { TurnReport } from './turn-report.js';

/** Triggers taken in one claim: large enough to be cheap, small enough for several instances to share a full hour. */
const BATCH = 500;
/** However far off the next slot is: a clock that was set, or a wake-up that was lost, is noticed after this. */
const LONGEST_PAUSE_MS = 30_000;
/** What is due and was not taken is in another instance's hands: it is looked at again after this. */
const SHORTEST_PAUSE_MS = 20;

/** Claims slots that come into sight, and says when the next ones will. */
@Injectable()
export class SlotClaims {
  private readonly lookAheadMs: number;

  constructor(
    private readonly store: TriggerStore,
    private readonly gate: ClusterGate,
    private readonly planner: TurnPlanner,
    private readonly report: TurnReport,
    private readonly starter: Starter,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {
    this.lookAheadMs = settings.get(schedulerConfig.lookAheadMs);
  }

  /** Calls `listener` when there may be something to claim earlier than was said. */
  onChange(listener: () => void): void {
    this.store.onChange(listener);
    this.gate.onChange(listener);
  }

  /** Takes what is due; answers after how many milliseconds to come again. */
  async takeAll(signal: AbortSignal): Promise<number> {
    for (let more = true; more && !signal.aborted;) more = await this.take();
    const next = (await this.store.nextSlot()) ?? Number.POSITIVE_INFINITY;
    return Math.min(Math.max(next - this.horizon(), SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
  }

  /** Whether there may be more. */
  private async take(): Promise<boolean> {
    const until = this.claimable();
    if (until === Number.NEGATIVE_INFINITY) return false;
    const taken = await this.store.claim(until, BATCH, async (due) => {
      const turns = await this.planner.plan(due, until);
      // Switched over meanwhile: what was planned as this cluster's is left to the other.
      return until > this.horizon() ? [] : turns;
    });
    for (const turn of taken) this.report.taken(turn);
    return taken.length === BATCH || taken.some(({ turn: { nextSlot = Infinity } }) => nextSlot <= until);
  }

  /**
   * While starts wait in line a slot is left for later, or for an instance that has room; but it is written down long
   * before it would become a misfire.
   */
  private claimable(): number {
    const latest = this.clock.now() - this.settings.get(schedulerConfig.misfireThresholdMs) / 2;
    return this.starter.isBusy ? Math.min(this.horizon(), latest) : this.horizon();
  }

  private horizon(): number {
    return this.gate.horizon(this.clock.now(), this.lookAheadMs);
  }
}
