import { fact } from '../events/index.js';
import type { Slot } from './slot.js';

/** A slot that was reached too late. */
export interface MisfiredSlot extends Slot {
  /** How late it was reached, in milliseconds. */
  readonly delayMs: number;
}

/** A slot in the compensation window that nothing was started for. */
export interface MissedSlot extends Slot {
  readonly reason: MissedReason;
}

/** What is wrong: there is no start, its start died, or orca does not know the execution that it answered with. */
export type MissedReason = 'no start' | 'dead start' | 'lost execution';

export const slotFired = fact<Slot>('slot.fired', {
  description: 'A cron trigger is due and its start is written down; it goes out at the instant of the slot.',
  publisher: 'scheduler',
  subscribers: [],
});

export const slotMisfired = fact<MisfiredSlot>('slot.misfired', {
  description: 'A slot was reached later than scheduler.misfireThresholdMs and is not run.',
  publisher: 'scheduler',
  subscribers: [],
});

export const slotMissed = fact<MissedSlot>('slot.missed', {
  description: 'A slot was found that was missed; its start is asked for, and may still be suppressed.',
  publisher: 'compensation',
  subscribers: ['failures'],
});
