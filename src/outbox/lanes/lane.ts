import type { Clock } from '../../platform/clock/index.js';
import type { Destination } from '../performer.js';

/** What an attempt tells of its destination. */
export interface Fared {
  readonly failed: boolean;
  /** For how long the destination asked to be left in peace. */
  readonly restMs?: number | undefined;
}

/** What comes of waiting for one's turn. */
export type Turn =
  /** Go on; call `end` once, and say how the destination fared. */
  | { readonly kind: 'go'; readonly end: (fared: Fared) => void }
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
  private askedUntil = 0;
  /** When the next one would begin if all of them kept the pace. */
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
    return Math.max(this.restsUntil, this.askedUntil);
  }

  /** Whether a new lane would be the same. */
  get isIdle(): boolean {
    const quietSince = Math.max(this.nextAt, this.askedUntil);
    return this.underWay + this.line.length + this.failures === 0 && quietSince <= this.clock.now();
  }

  /** @param insists somebody waits for the answer: goes before those who do not, and is not put off by a rest */
  enter(insists: boolean): Promise<Turn> {
    return new Promise((take) => {
      const behind = insists ? this.line.findIndex((one) => !one.insists) : -1;
      this.line.splice(behind < 0 ? this.line.length : behind, 0, { insists, take });
      this.move();
    });
  }

  close(): void {
    this.cancel?.();
    for (const { take } of this.line.splice(0)) take({ kind: 'closed' });
  }

  private move(): void {
    if (this.restingUntil > this.clock.now()) this.putOff(this.restingUntil);
    while (this.line.length > 0 && this.underWay < this.width()) {
      const pause = this.pace();
      if (pause > 0) return this.moveLater(pause);
      this.underWay++;
      this.line.shift()?.take({ kind: 'go', end: (fared) => this.end(fared) });
    }
  }

  /** How long the next one has to wait; nothing where it begins now. */
  private pace(): number {
    const { perSecond, burst = 1 } = this.limits;
    if (!perSecond) return 0;
    const now = this.clock.now();
    const step = 1000 / perSecond;
    const pause = this.nextAt - now - (burst - 1) * step;
    if (pause <= 0) this.nextAt = Math.max(this.nextAt, now) + step;
    return pause;
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

  private end({ failed, restMs = 0 }: Fared): void {
    this.underWay--;
    this.failures = failed ? this.failures + 1 : 0;
    const { breaker } = this.limits;
    const now = this.clock.now();
    if (restMs > 0) this.askedUntil = Math.max(this.askedUntil, now + restMs);
    if (!failed) this.restsUntil = 0;
    else if (breaker && this.failures >= breaker.failures) this.restsUntil = now + breaker.restMs;
    this.move();
  }
}
