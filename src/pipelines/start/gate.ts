/** Lets a limited number of tasks through at once; the others wait in line. */
export class Gate {
  private open: number;
  private readonly line: (() => void)[] = [];

  constructor(places: number) {
    this.open = Math.max(1, places);
  }

  async pass<T>(task: () => Promise<T>): Promise<T> {
    if (this.open > 0) this.open--;
    else await new Promise<void>((enter) => this.line.push(enter));
    try {
      return await task();
    } finally {
      const next = this.line.shift();
      if (next) next();
      else this.open++;
    }
  }
}
