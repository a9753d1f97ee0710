import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { PipelineCache } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { Shutdown } from '../../platform/lifecycle/index.js';
import { Settings } from '../../platform/settings/index.js';
import { schedulerConfig } from '../scheduler.config.js';
import { TriggerStore } from '../trigger-store.js';
import { TurnPlanner } from './turn-planner.js';
import { TurnReport } from './turn-report.js';

/** Triggers taken in one claim: large enough to be cheap, small enough for several instances to share a full hour. */
const BATCH = 500;
/** However far off the next slot is: a clock that was set, or a wake-up that was lost, is noticed after this. */
const LONGEST_SLEEP_MS = 30_000;
/** What is due and was not taken is in another instance's hands: it is looked at again after this. */
const BREATH_MS = 20;
const AFTER_FAILURE_MS = 1000;

/**
 * Sleeps until a slot comes into sight, claims what falls due within the look-ahead, and has each start go out at its own
 * instant. Nothing runs while nothing is due.
 */
@Injectable()
export class Engine implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger('Scheduler');
  private cancelSleep: () => void = () => undefined;
  private round: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly store: TriggerStore,
    private readonly planner: TurnPlanner,
    private readonly report: TurnReport,
    private readonly cache: PipelineCache,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
  ) {}

  onModuleInit(): void {
    this.shutdown.register('sources', () => this.stop());
    this.store.onChange(() => this.wake());
  }

  /** Starts need pipelines: there is nothing to do before the first load. */
  onApplicationBootstrap(): void {
    void this.cache.ready().then(() => this.wake());
  }

  /** Looks now, or once more after the look under way. */
  wake(): void {
    if (this.stopped || this.cache.snapshot() === undefined) return;
    this.again = true;
    this.round ??= this.look().finally(() => {
      this.round = undefined;
      // Who woke just after the last look is not forgotten.
      if (this.again) this.wake();
    });
  }

  private async look(): Promise<void> {
    let sleepMs = 0;
    while (this.again && !this.stopped) {
      this.again = false;
      this.cancelSleep();
      sleepMs = await this.takeAll().catch((error: unknown) => this.failed(error));
    }
    if (!this.stopped) this.cancelSleep = this.clock.after(sleepMs, () => this.wake());
  }

  /** Takes what is due; answers after how long to look again, in milliseconds. */
  private async takeAll(): Promise<number> {
    const lookAhead = this.settings.get(schedulerConfig.lookAheadMs);
    for (let taken = BATCH; taken === BATCH && !this.stopped;) taken = await this.take(lookAhead);
    const next = (await this.store.nextSlot()) ?? Number.POSITIVE_INFINITY;
    return Math.min(Math.max(next - lookAhead - this.clock.now(), BREATH_MS), LONGEST_SLEEP_MS);
  }

  private async take(lookAhead: number): Promise<number> {
    const until = this.clock.now() + lookAhead;
    const taken = await this.store.claim(until, BATCH, (due) => this.planner.plan(due, until));
    for (const turn of taken) this.report.taken(turn);
    return taken.length;
  }

  private failed(error: unknown): number {
    this.log.error({ message: `Slots cannot be claimed for now: ${messageOf(error)}`, err: error });
    return AFTER_FAILURE_MS;
  }

  private async stop(): Promise<void> {
    this.stopped = true;
    this.cancelSleep();
    await this.round;
  }
}
