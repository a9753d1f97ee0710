import type { Clock } from '../../platform/clock/index.js';
import type { ReceivedEvent } from '../inbox.js';

/** How many events are given to the listeners in one turn of the event loop. */
const PER_TURN = 32;
/** While more senders than this wait for their answers, they come first … */
const PRESSING = 64;
/** … and only so many events are given to the listeners whenever some of them were answered. */
const PER_ANSWERS = 4;
/** Senders that were answered have this long to come again before they are thought to have let up. */
const LULL_MS = 20;
/** However many they are, an event does not wait longer for their sake. */
const LONGEST_WAIT_MS = 30_000;

/**
 * Accepted events in the order they came, until it is their turn with the listeners. Senders come first: who was answered
 * waits for nothing any more, who was not does, and may give up. What many of them bring at once is worked off when they
 * let up, or when it has waited long enough.
 */
export class DispatchQueue {
  private readonly waiting: ReceivedEvent[] = [];
  private isTurnNear = false;
  private isLullAwaited = false;
  private pressedUntil = Number.NEGATIVE_INFINITY;

  /**
   * @param dispatch gives an event to the listeners
   * @param senders how many wait for their answers
   */
  constructor(
    private readonly dispatch: (received: ReceivedEvent) => void,
    private readonly senders: () => number,
    private readonly clock: Clock,
  ) {}

  /** The answer to its sender goes out before its turn comes. */
  add(received: ReceivedEvent): void {
    this.waiting.push(received);
    this.goOn();
  }

  /** To be called when some of the senders are about to be answered. */
  answering(): void {
    this.look();
    this.goOn();
  }

  private goOn(): void {
    if (this.isTurnNear || this.waiting.length === 0) return;
    this.isTurnNear = true;
    setImmediate(() => this.turn());
  }

  private turn(): void {
    this.isTurnNear = false;
    const lullMs = this.hasWaitedLong() ? 0 : this.look();
    for (const received of this.waiting.splice(0, lullMs > 0 ? PER_ANSWERS : PER_TURN)) this.dispatch(received);
    if (lullMs > 0) this.goOnAfter(lullMs);
    else this.goOn();
  }

  private hasWaitedLong(): boolean {
    const [oldest] = this.waiting;
    return oldest !== undefined && this.clock.now() - oldest.receivedAt > LONGEST_WAIT_MS;
  }

  /** Answers how many milliseconds the senders have to come again before they have let up. */
  private look(): number {
    const now = this.clock.monotonic();
    if (this.senders() > PRESSING) this.pressedUntil = now + LULL_MS;
    return this.pressedUntil - now;
  }

  private goOnAfter(ms: number): void {
    if (this.isLullAwaited) return;
    this.isLullAwaited = true;
    this.clock.after(ms, () => {
      this.isLullAwaited = false;
      this.goOn();
    });
  }
}
