import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { messageOf } from '../errors/index.js';
import { Settings } from '../settings/index.js';
import { lifecycleConfig } from './lifecycle.config.js';

/**
 * What stops when: first what makes new work, then what takes it, then what carries it out, then what tells of it. Each
 * may wait for a share of the time that is left; what it does not need is left to the next.
 */
const PHASES = [
  ['sources', 0.25],
  ['inbox', 0.5],
  ['outbox', 0.7],
  ['traces', 0.5],
] as const;

/** A step that goes on for so much longer than it may is left behind. */
const PATIENCE = 1.25;

export type ShutdownPhase = (typeof PHASES)[number][0];

/** Stops something; may wait for what is under way no longer than `limitMs`, and then tidies up. */
export type ShutdownStep = (limitMs: number) => Promise<void>;

interface Step {
  readonly phase: ShutdownPhase;
  readonly stop: ShutdownStep;
}

/**
 * Stops the service in order and in time (`shutdown.timeoutMs`). Register steps in `onModuleInit`: the steps of a phase
 * run side by side, and the next phase begins when all have ended or have had their time. Pools and servers close after
 * the last phase, in `onApplicationShutdown`.
 */
@Injectable()
export class Shutdown implements BeforeApplicationShutdown {
  private readonly log = new Logger(Shutdown.name);
  private readonly steps: Step[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  register(phase: ShutdownPhase, stop: ShutdownStep): void {
    this.steps.push({ phase, stop });
  }

  async beforeApplicationShutdown(): Promise<void> {
    const end = this.clock.monotonic() + this.settings.get(lifecycleConfig.timeoutMs);
    for (const [phase, share] of PHASES) {
      const steps = this.steps.filter((step) => step.phase === phase);
      if (steps.length === 0) continue;
      const limitMs = Math.max(0, end - this.clock.monotonic()) * share;
      await this.within(limitMs * PATIENCE, phase, this.stop(phase, steps, limitMs));
    }
  }

  private async stop(phase: ShutdownPhase, steps: readonly Step[], limitMs: number): Promise<void> {
    const ends = await Promise.allSettled(steps.map(({ stop }) => stop(limitMs)));
    for (const end of ends) {
      if (end.status === 'rejected') this.log.error(`Stopping the ${phase} failed: ${messageOf(end.reason)}`);
    }
  }

  private async within(limitMs: number, phase: ShutdownPhase, stopping: Promise<void>): Promise<void> {
    let cancel = (): void => undefined;
    const late = new Promise<'late'>((resolve) => (cancel = this.clock.after(limitMs, () => resolve('late'))));
    if ((await Promise.race([stopping, late])) === 'late') this.log.warn(`The ${phase} did not stop in time.`);
    cancel();
  }
}
