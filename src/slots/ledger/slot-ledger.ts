import type { SlotRecord } from './slot-record.js';

/** Which records: of slots from one instant up to another, both included. Milliseconds since the epoch. */
export interface SlotSpan {
  readonly from: number;
  readonly to: number;
  readonly triggerKey?: string;
}

/**
 * Remembers of every slot that was reached what became of it.
 *
 * What must hold with several instances: a slot has one record, the last that was written; all instances see it.
 */
export abstract class SlotLedger {
  /** Writes records; one of a slot that has one replaces it. */
  abstract record(records: readonly SlotRecord[]): Promise<void>;

  /** The latest slots of a trigger, newest first. */
  abstract latest(triggerKey: string, limit: number): Promise<SlotRecord[]>;

  /** All in a span, oldest first. */
  abstract within(span: SlotSpan): Promise<SlotRecord[]>;
}
