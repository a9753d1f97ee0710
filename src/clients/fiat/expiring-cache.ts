import { keepNewest } from '../../platform/bounded/index.js';
import type { Clock } from '../../platform/clock/index.js';

interface Entry<V> {
  readonly value: Promise<V>;
  /** Milliseconds since the epoch; never, while the value is being loaded. */
  expiresAt: number;
}

/** Keeps loaded values for a while. Whoever asks during a load shares it; a load that fails is not kept. */
export class ExpiringCache<V> {
  private readonly entries = new Map<string, Entry<V>>();

  constructor(
    private readonly maxEntries: number,
    private readonly holdMs: number,
    private readonly clock: Clock,
  ) {}

  get(key: string, load: () => Promise<V>): Promise<V> {
    const known = this.entries.get(key);
    if (known && this.clock.now() < known.expiresAt) return known.value;
    const entry: Entry<V> = { value: load(), expiresAt: Number.POSITIVE_INFINITY };
    this.entries.delete(key);
    this.entries.set(key, entry);
    keepNewest(this.entries, this.maxEntries);
    entry.value.then(
      () => (entry.expiresAt = this.clock.now() + this.holdMs),
      () => this.forget(key, entry),
    );
    return entry.value;
  }

  /** By then another entry may have taken its place. */
  private forget(key: string, entry: Entry<V>): void {
    if (this.entries.get(key) === entry) this.entries.delete(key);
  }
}
