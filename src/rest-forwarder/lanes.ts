/**
 * Keeps forwards with the same ordering key in order: one goes out only when no earlier one is under way or waits for
 * another try. Ids of effects are ULIDs, so their order is the order in which they were written. Each instance keeps
 * the order of its own effects.
 */
export class Lanes {
  private readonly open = new Map<string, Set<string>>();

  /** Puts the effect into its lane; whether it is its turn. */
  enter(lane: string, id: string): boolean {
    const ids = this.open.get(lane) ?? new Set();
    this.open.set(lane, ids.add(id));
    for (const other of ids) if (other < id) return false;
    return true;
  }

  /** The effect has come to its end, whether well or not. */
  leave(lane: string, id: string): void {
    const ids = this.open.get(lane);
    ids?.delete(id);
    if (ids?.size === 0) this.open.delete(lane);
  }
}
