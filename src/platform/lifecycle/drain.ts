import type { Clock } from '../clock/index.js';

/** Counts work under way, and waits for its end when asked to close. */
export class Drain {
  private count = 0;
  private closing = false;
  private emptied: (() => void) | undefined;

  /** How many pieces of work are under way. */
  get size(): number {
    return this.count;
  }

  /** Whether `close` was called: no new work should enter. */
  get closed(): boolean {
    return this.closing;
  }

  /** Enters one piece of work; call the returned function once, when it has ended. */
  enter(): () => void {
    this.count++;
    return () => {
      if (--this.count === 0) this.emptied?.();
    };
  }

  /** Closes and resolves with how many pieces are left: 0, or more when `limitMs` has passed first. */
  async close(limitMs: number, clock: Clock): Promise<number> {
    this.closing = true;
    if (this.count === 0) return 0;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(limitMs, resolve);
      this.emptied = () => {
        cancel();
        resolve();
      };
    });
    return this.count;
  }
}
