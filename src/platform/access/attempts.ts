import { keepNewest } from '../bounded/index.js';

const MINUTE_MS = 60_000;
const MOST_ADDRESSES = 10_000;

interface Count {
  readonly since: number;
  readonly wrong: number;
}

/** Counts wrong tokens by address, so that nobody can try them by the thousand. */
export class WrongTokens {
  private readonly counts = new Map<string, Count>();

  /** @param most how many an address may show within a minute */
  constructor(private readonly most: number) {}

  /** Milliseconds since the epoch until which an address has to wait; `undefined` while it may try. */
  heldUntil(address: string, now: number): number | undefined {
    const count = this.counts.get(address);
    if (!count || now >= count.since + MINUTE_MS || count.wrong < this.most) return undefined;
    return count.since + MINUTE_MS;
  }

  note(address: string, now: number): void {
    const known = this.counts.get(address);
    const running = known && now < known.since + MINUTE_MS;
    this.counts.set(address, running ? { ...known, wrong: known.wrong + 1 } : { since: now, wrong: 1 });
    keepNewest(this.counts, MOST_ADDRESSES);
  }
}
