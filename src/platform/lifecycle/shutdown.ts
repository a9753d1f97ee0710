import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../errors/index.js';

/** What stops when: first what makes new work, then what takes it, then what carries it out, then what tells of it. */
const PHASES = ['sources', 'inbox', 'outbox', 'traces'] as const;

export type ShutdownPhase = (typeof PHASES)[number];

/**
 * Stops the service in order. Register steps in `onModuleInit`: the steps of a phase run side by side, and the next
 * phase begins when all have ended. Pools and servers close after the last phase, in `onApplicationShutdown`.
 */
@Injectable()
export class Shutdown implements BeforeApplicationShutdown {
  private readonly log = new Logger(Shutdown.name);
  private readonly steps: { readonly phase: ShutdownPhase; readonly stop: () => Promise<void> }[] = [];

  register(phase: ShutdownPhase, stop: () => Promise<void>): void {
    this.steps.push({ phase, stop });
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const phase of PHASES) {
      const steps = this.steps.filter((step) => step.phase === phase);
      const ends = await Promise.allSettled(steps.map(({ stop }) => stop()));
      for (const end of ends) {
        if (end.status === 'rejected') this.log.error(`Stopping the ${phase} failed: ${messageOf(end.reason)}`);
      }
    }
  }
}
