import { Injectable } from '@nestjs/common';
import type { BulkRequest } from './bulk-request.js';
import { Outbox } from './outbox.js';

/** How many dead effects one call handles, and how many of them at once. */
const MOST = 10_000;
const AT_ONCE = 1000;

export interface Meant {
  /** How many dead effects were meant. */
  readonly effects: number;
  /** Where there are more: what to give as `before` for those. */
  readonly next: string | null;
}

interface Handled extends Meant {
  /** How many of them something was done to. */
  readonly handled: number;
}

/** What operators do to many dead effects at once. */
@Injectable()
export class DeadEffects {
  constructor(private readonly outbox: Outbox) {}

  /** @param handle does it to these; answers to how many */
  async each({ ids, filter, dryRun }: BulkRequest, handle: (ids: string[]) => Promise<number>): Promise<Handled> {
    if (ids) return { effects: ids.length, handled: dryRun ? 0 : await handle(ids), next: null };
    let [effects, handled, before] = [0, 0, filter.before];
    while (effects < MOST) {
      const dead = { ...filter, ...(before !== undefined && { before }), state: 'dead', discarded: false } as const;
      const page = await this.outbox.idsOf(dead, AT_ONCE);
      if (!dryRun) handled += await handle(page);
      effects += page.length;
      before = page.at(-1);
      if (page.length < AT_ONCE) return { effects, handled, next: null };
    }
    return { effects, handled, next: before ?? null };
  }
}
