import { Clock } from '../../src/platform/clock/index.js';

interface Timer {
  readonly due: number;
  readonly task: () => void;
}

/** Lets everything that only waits for promises and for what is already queued come to rest. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * A clock that stands still until a test moves it. Timers run in the order in which they are due, those due at the same
 * instant in the order in which they were made; between two timers promises come to rest, so that a timer set by the
 * consequence of another one is seen in time.
 *
 * Work that waits for a socket does not come to rest by itself: `await clock.untilWaiting()` before moving on.
 */
export class ManualClock extends Clock {
  private readonly timers = new Set<Timer>();
  private readonly watchers = new Set<() => void>();

  /** @param current where the clock stands at first, milliseconds since the epoch */
  constructor(private current = Date.UTC(2024, 0, 15, 12)) {
    super();
  }

  now(): number {
    return this.current;
  }

  monotonic(): number {
    return this.current;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer: Timer = { due: this.current + Math.max(0, delayMs), task };
    this.timers.add(timer);
    for (const look of this.watchers) look();
    return () => void this.timers.delete(timer);
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.timers.size;
  }

  /** Milliseconds until the next timer is due; `undefined` where none waits. */
  get nextIn(): number | undefined {
    const next = this.next();
    return next && next.due - this.current;
  }

  /** Moves on by `ms` and runs, on the way, what falls due up to and including the new instant. */
  advance(ms: number): Promise<void> {
    return this.advanceTo(this.current + ms);
  }

  /** Moves on to `instant` (milliseconds since the epoch), running what falls due on the way. */
  async advanceTo(instant: number): Promise<void> {
    await settled();
    for (let next = this.next(); next && next.due <= instant; next = this.next()) {
      this.current = Math.max(this.current, next.due);
      this.timers.delete(next);
      next.task();
      await settled();
    }
    this.current = Math.max(this.current, instant);
  }

  /** Resolves as soon as a timer waits; where `withinMs` is given, as soon as one waits that is due within that span. */
  untilWaiting(withinMs = Number.POSITIVE_INFINITY): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if ((this.nextIn ?? Number.POSITIVE_INFINITY) > withinMs || this.timers.size === 0) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  private next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.timers) if (!next || timer.due < next.due) next = timer;
    return next;
  }
}
