import type { Clock } from '../../platform/clock/index.js';

/** Alarms ring at most this often, however many effects are due. */
const GRAIN_MS = 10;

/** Rings when effects in the database fall due; those of about the same instant share an alarm. */
export class Alarms {
  private readonly cancels = new Map<number, () => void>();
  private closed = false;

  constructor(
    private readonly clock: Clock,
    /** May fail: the regular look comes anyway. */
    private readonly ring: () => Promise<void>,
  ) {}

  set(at: number): void {
    const instant = Math.ceil(Math.max(at, this.clock.now()) / GRAIN_MS) * GRAIN_MS;
    if (this.closed || this.cancels.has(instant)) return;
    const cancel = this.clock.after(instant - this.clock.now(), () => {
      this.cancels.delete(instant);
      void this.ring().catch(() => undefined);
    });
    this.cancels.set(instant, cancel);
  }

  close(): void {
    this.closed = true;
    for (const cancel of this.cancels.values()) cancel();
  }
}
