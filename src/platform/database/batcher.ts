/** What waits for the next round, and who is told of it. */
interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (value: O) => void;
  readonly reject: (reason: unknown) => void;
}

export interface Rounds {
  /** How many may be under way at once. */
  readonly atOnce: number;
  /** How many items one may have. */
  readonly most: number;
  /** How many milliseconds after the beginning of one the next begins at the earliest, unless it is full; 0 by default. */
  readonly paceMs?: number;
}

/**
 * Joins what concurrent callers ask for into rounds: while as many as may be are under way, or the last one has only just
 * begun, new ones gather for the next. After a rest a caller goes at once; under load, many share one statement and one
 * commit. The pace is the machine's and not the world's: it goes by a timer of the process, never by a `Clock`.
 */
export class Batcher<I, O> {
  private waiting: Waiting<I, O>[] = [];
  private underWay = 0;
  private asking = 0;
  private woken = false;
  private resting: NodeJS.Timeout | undefined;

  /** @param perform answers as many results as it got items, in their order; when it rejects, all of the round are refused */
  constructor(
    private readonly perform: (items: readonly I[]) => Promise<readonly O[]>,
    private readonly rounds: Rounds,
  ) {}

  /** How many callers wait for their results. */
  get size(): number {
    return this.asking;
  }

  add(item: I): Promise<O> {
    this.asking++;
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.wake();
    });
  }

  /** Not in this turn: what comes in one packet goes in one round. */
  private wake(): void {
    if (this.woken) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      this.proceed();
    });
  }

  private proceed(): void {
    while (this.isReady()) this.begin();
  }

  private isReady(): boolean {
    const { atOnce, most } = this.rounds;
    if (this.waiting.length === 0 || this.underWay >= atOnce) return false;
    return this.resting === undefined || this.waiting.length >= most;
  }

  private begin(): void {
    const round = this.waiting.splice(0, this.rounds.most);
    this.underWay++;
    this.rest();
    this.perform(round.map(({ item }) => item))
      .then(
        (results) => round.forEach(({ resolve }, at) => resolve(results[at] as O)),
        (error: unknown) => round.forEach(({ reject }) => reject(error)),
      )
      .finally(() => {
        this.underWay--;
        this.asking -= round.length;
        this.proceed();
      });
  }

  private rest(): void {
    const { paceMs = 0 } = this.rounds;
    if (paceMs === 0) return;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.resting = undefined;
      this.proceed();
    }, paceMs);
  }
}
