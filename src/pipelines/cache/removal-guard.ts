import { type Snapshot, identityKey } from './snapshot.js';

/** How much a load may take away before a second one has to agree (decisions.md 5). */
export interface RemovalLimits {
  /** Share of the known pipelines, 0 to 1. */
  readonly share: number;
  /** Up to this many removals are always let through, unless nothing at all is left. */
  readonly count: number;
}

export type Verdict =
  | { readonly kind: 'accept' }
  /** What went missing stays for now. */
  | { readonly kind: 'hold'; readonly missing: ReadonlySet<string> };

type Listed = Pick<Snapshot, 'pipelines'>;

const keysOf = ({ pipelines }: Listed): Set<string> => new Set(pipelines.map(identityKey));

/** Judges loads one after another: a sudden loss of pipelines is believed only when the next load shows it too. */
export class RemovalGuard {
  private held: ReadonlySet<string> = new Set();

  judge(before: Listed | undefined, after: Listed, limits: RemovalLimits): Verdict {
    const present = keysOf(after);
    const known = before ? keysOf(before) : new Set<string>();
    const missing = new Set([...known].filter((key) => !present.has(key)));
    const emptied = known.size > 0 && present.size === 0;
    const drastic = missing.size > limits.count && missing.size > known.size * limits.share;
    const agreed = [...missing].every((key) => this.held.has(key));
    if ((!emptied && !drastic) || agreed) {
      this.held = new Set();
      return { kind: 'accept' };
    }
    this.held = missing;
    return { kind: 'hold', missing };
  }
}
