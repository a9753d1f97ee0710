/**
 * Work that many ask for and one at a time does. Whoever asks while it is under way gets one more run, shared with all
 * who ask until then: each resolves after a run that began after it had asked.
 */
export class Coalesced {
  private running: Promise<void> | undefined;
  private again = false;

  constructor(private readonly work: () => Promise<void>) {}

  run(): Promise<void> {
    if (this.running) this.again = true;
    return (this.running ??= this.runAll());
  }

  private async runAll(): Promise<void> {
    try {
      do {
        this.again = false;
        await this.work();
      } while (this.again);
    } finally {
      // In the same turn as the last question: nobody can ask in between.
      this.running = undefined;
    }
  }
}
