import type { Clock } from '../../platform/clock/index.js';
import type { Destination } from '../performer.js';

/** What comes of waiting for one's turn. */
export type Turn =
  /** Go on; call `end` once, and say whether the destination failed. */
  | { readonly kind: 'go'; readonly end: (failed: boolean) => void }
  /** The destination is left in peace until then, milliseconds since the epoch. */
  | { readonly kind: 'rest'; readonly until: number }
  /** The service stops: nothing begins any more. */
  | { readonly kind: 'closed' };

interface Waiting {
  readonly insists: boolean;
  readonly take: (turn: Turn) => void;
}

/** The way to one destination: so many at once, so many a second, and none for a while after too many failures in a row. */
export class Lane {
  private underWay = 0;
  private line: Waiting[] = [];
  private failures = 0;
  private restsUntil = 0;
  private nextAt = 0;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly limits: Destination & { readonly concurrency: number },
  ) {}

  get waiting(): number {
    return this.line.length;
  }

  /** Until when the destination rests; in the past where it does not. */
  get restingUntil(): number {
    return this.restsUntil;
  }

  /** Whether a new lane would be the same. */
  get isIdle(): boolean {
    return this.underWay + this.line.length + this.failures === 0 && this.nextAt <= this.clock.now();
  }

  /** @param insists somebody waits for the answer and is not put off by a rest */
  enter(insists: boolean): Promise<Turn> {
    return new Promise((take) => {
      this.line.push({ insists, take });
      this.move();
    });
  }

  close(): void {
    this.cancel?.();
    for (const { take } of this.line.splice(0)) take({ kind: 'closed' });
  }

  private move(): void {
    if (this.restsUntil > this.clock.now()) this.putOff(this.restsUntil);
    while (this.line.length > 0 && this.underWay < this.width()) {
      const pause = this.nextAt - this.clock.now();
      if (pause > 0) return this.moveLater(pause);
      const { perSecond } = this.limits;
      if (perSecond) this.nextAt = Math.max(this.nextAt, this.clock.now()) + 1000 / perSecond;
      this.underWay++;
      this.line.shift()?.take({ kind: 'go', end: (failed) => this.end(failed) });
    }
  }

  /** After a rest one goes first, and the others see how it fares. */
  private width(): number {
    const { breaker, concurrency } = this.limits;
    return breaker && this.failures >= breaker.failures ? 1 : Math.max(1, concurrency);
  }

  private putOff(until: number): void {
    const [staying, leaving] = [
      this.line.filter(({ insists }) => insists),
      this.line.filter(({ insists }) => !insists),
    ];
    this.line = staying;
    for (const { take } of leaving) take({ kind: 'rest', until });
  }

  private moveLater(pause: number): void {
    this.cancel ??= this.clock.after(pause, () => {
      this.cancel = undefined;
      this.move();
    });
  }

  private end(failed: boolean): void {
    this.underWay--;
    this.failures = failed ? this.failures + 1 : 0;
    const { breaker } = this.limits;
    if (!failed) this.restsUntil = 0;
    else if (breaker && this.failures >= breaker.failures) this.restsUntil = this.clock.now() + breaker.restMs;
    this.move();
  }
}
