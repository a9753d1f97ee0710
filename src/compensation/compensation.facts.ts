import { fact } from '../events/index.js';
import type { Slot } from '../slots/index.js';

/** A slot in the compensation window that nothing was started for. */
export interface MissedSlot extends Slot {
  readonly reason: MissedReason;
}

/** What is wrong: there is no start, its start died, or orca does not know the execution that it answered with. */
export type MissedReason = 'no start' | 'dead start' | 'lost execution';

export const slotMissed = fact<MissedSlot>('slot.missed', {
  description: 'A slot was found that was missed; its start is asked for, and may still be suppressed.',
  publisher: 'compensation',
  subscribers: [],
});
