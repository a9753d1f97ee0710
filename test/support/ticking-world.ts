import { type RunningEcho, startEcho, until } from './echo.js';
import { type FakeSpinnaker, startFakeSpinnaker } from './fake-spinnaker.js';
import { OrcaStore } from './orca-store.js';
import { ulidTime } from './ulid-time.js';

/** Every second from one instant up to another. */
export function secondsBetween(from: number, to: number): number[] {
  const first = Math.ceil(from / 1000);
  return Array.from({ length: Math.floor(to / 1000) - first + 1 }, (_, i) => (first + i) * 1000);
}

/** One pipeline that is due every second, an orca that remembers, and as many instances of Echo as a test wants. */
export class TickingWorld {
  readonly orca = new OrcaStore();
  private running: RunningEcho[] = [];

  private constructor(
    readonly spinnaker: FakeSpinnaker,
    /** When the pipeline was saved. */
    readonly savedAt: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    spinnaker.orca.answering(this.orca.answer);
  }

  static async begin(env: Readonly<Record<string, string>>): Promise<TickingWorld> {
    // Not on a slot.
    const savedAt = Math.floor(Date.now() / 1000) * 1000 + 1;
    const triggers = [{ id: 'T', type: 'cron', enabled: true, cronExpression: '* * * * * ?' }];
    const pipeline = { application: 'app', name: 'ticking', id: 'p', triggers, updateTs: String(savedAt) };
    return new TickingWorld(await startFakeSpinnaker([pipeline]), savedAt, env);
  }

  async start(env: Readonly<Record<string, string>>): Promise<RunningEcho> {
    const echo = await startEcho({ spinnaker: this.spinnaker, env: { ...this.env, ...env } });
    this.running.push(echo);
    return echo;
  }

  async stop(echo: RunningEcho): Promise<void> {
    this.running = this.running.filter((one) => one !== echo);
    await echo.app.close();
  }

  /**
   * The slots that executions were started for, in order. Without that of the second in which the pipeline was saved:
   * it counts where the scheduler hears of the trigger within that second, and only there.
   */
  slots(): number[] {
    const slots = this.orca.executions.map(({ id }) => ulidTime(id)).sort((a, b) => a - b);
    return slots.filter((slot) => slot !== this.savedAt - 1);
  }

  /** Resolves when everything from one instant up to another was started, however often. */
  async untilStarted(from: number, to: number): Promise<void> {
    await until(() => secondsBetween(from, to).every((slot) => this.slots().includes(slot)));
  }

  async close(): Promise<void> {
    await Promise.all(this.running.map((echo) => echo.app.close()));
    await this.spinnaker.close();
  }
}

/** Lets time pass that nothing but the clock can show. */
export const passed = (instant: number): Promise<void> => until(() => Date.now() > instant);
