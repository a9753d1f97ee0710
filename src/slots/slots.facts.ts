import { fact } from '../events/index.js';
import type { Slot } from './slot.js';

/** A slot that was reached too late. */
export interface MisfiredSlot extends Slot {
  /** How late it was reached, in milliseconds. */
  readonly delayMs: number;
}

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
