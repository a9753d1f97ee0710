/** What waits for the next round, and who is told of it. */
interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (value: O) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Joins what concurrent callers ask for into rounds: while some are under way, new ones gather for the next. Alone, a
 * caller goes at once; under load, many share one statement and one commit.
 */
export class Batcher<I, O> {
  private waiting: Waiting<I, O>[] = [];
  private underWay = 0;
  private asking = 0;

  /**
   * @param perform answers as many results as it got items, in their order; when it rejects, all of the round are refused
   * @param rounds how many may be under way at once
   * @param most how many items a round may have
   */
  constructor(
    private readonly perform: (items: readonly I[]) => Promise<readonly O[]>,
    private readonly rounds: number,
    private readonly most: number,
  ) {}

  /** How many callers wait for their results. */
  get size(): number {
    return this.asking;
  }

  add(item: I): Promise<O> {
    this.asking++;
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      // Not in this turn: what comes in one packet goes in one round.
      if (this.underWay < this.rounds) setImmediate(() => this.next());
    });
  }

  private next(): void {
    if (this.waiting.length === 0 || this.underWay >= this.rounds) return;
    const round = this.waiting.splice(0, this.most);
    this.underWay++;
    this.perform(round.map(({ item }) => item))
      .then(
        (results) => round.forEach(({ resolve }, at) => resolve(results[at] as O)),
        (error: unknown) => round.forEach(({ reject }) => reject(error)),
      )
      .finally(() => {
        this.underWay--;
        this.asking -= round.length;
        this.next();
      });
  }
}
