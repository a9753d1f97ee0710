/** Messages that Echo was given and that are not settled yet. */
export class UnderWay {
  private readonly pending = new Set<Promise<void>>();

  add(settling: Promise<void>): void {
    const entry: Promise<void> = settling.finally(() => this.pending.delete(entry));
    this.pending.add(entry);
    // Whoever waits for the end hears of the failure as well.
    entry.catch(() => undefined);
  }

  /** Resolves when none is left, whether they were settled well or not. */
  async end(): Promise<void> {
    while (this.pending.size > 0) await Promise.allSettled(this.pending);
  }
}
