import { Injectable } from '@nestjs/common';
import { type Effect, Outbox } from '../outbox/index.js';

/** Who starts slots again. */
export type Repairer = 'compensation' | 'backfill';

const reasonOf = (by: Repairer): string => `started again by ${by}`;

/** Whether a dead start was put aside because this one has started its slot again, or was about to. */
export const wasStartedAgain = ({ discarded }: Effect, by: Repairer): boolean => discarded === reasonOf(by);

/**
 * Whoever starts a slot again whose start is dead puts that one aside first: so it is never redriven beside the new one,
 * and of two who would start the slot again one does.
 */
@Injectable()
export class DeadStarts {
  constructor(private readonly outbox: Outbox) {}

  /** Whether `by` may go on: not where the start was redriven or put aside meanwhile, unless by the same repairer. */
  async putAside({ id }: Effect, by: Repairer): Promise<boolean> {
    if ((await this.outbox.discard([id], reasonOf(by), by)) === 1) return true;
    // Another instance, or one that came no further: the key of the new start lets one of them win.
    const now = await this.outbox.find(id);
    return now !== undefined && wasStartedAgain(now, by);
  }
}
