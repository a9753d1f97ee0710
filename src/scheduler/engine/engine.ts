import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { PipelineCache } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { Shutdown } from '../../platform/lifecycle/index.js';
import { SlotClaims } from './slot-claims.js';

const AFTER_FAILURE_MS = 1000;

/**
 * Sleeps until a slot comes into sight, claims what falls due within the look-ahead, and has each start go out at its own
 * instant. Nothing runs while nothing is due.
 */
@Injectable()
export class Engine implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger('Scheduler');
  private readonly stopping = new AbortController();
  private cancelSleep: () => void = () => undefined;
  private round: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly claims: SlotClaims,
    private readonly cache: PipelineCache,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
  ) {}

  onModuleInit(): void {
    this.shutdown.register('sources', () => this.stop());
    this.claims.onChange(() => this.wake());
  }

  /** Starts need pipelines: there is nothing to do before the first load. */
  onApplicationBootstrap(): void {
    void this.cache.ready().then(() => this.wake());
  }

  /** Looks now, or once more after the look under way. */
  wake(): void {
    if (this.stopping.signal.aborted || this.cache.snapshot() === undefined) return;
    this.again = true;
    this.round ??= this.look().finally(() => {
      this.round = undefined;
      // Who woke just after the last look is not forgotten.
      if (this.again) this.wake();
    });
  }

  private async look(): Promise<void> {
    const { signal } = this.stopping;
    let sleepMs = 0;
    while (this.again && !signal.aborted) {
      this.again = false;
      this.cancelSleep();
      sleepMs = await this.claims.takeAll(signal).catch((error: unknown) => this.failed(error));
    }
    if (!signal.aborted) this.cancelSleep = this.clock.after(sleepMs, () => this.wake());
  }

  private failed(error: unknown): number {
    this.log.error({ message: `Slots cannot be claimed for now: ${messageOf(error)}`, err: error });
    return AFTER_FAILURE_MS;
  }

  private async stop(): Promise<void> {
    this.stopping.abort();
    this.cancelSleep();
    await this.round;
  }
}
