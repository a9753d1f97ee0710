import type { Slot } from '../slot.js';

/** What became of a slot when it was reached. What became of its start is the outbox's to say. */
export type SlotOutcome =
  /** Its start was written down, be it to be suppressed. */
  | 'fired'
  /** Reached too late, and not run. */
  | 'misfired'
  /** Nobody knows its pipeline. */
  | 'no-pipeline';

/** One line of the ledger. Times are milliseconds since the epoch. */
export interface SlotRecord {
  readonly triggerKey: string;
  readonly slot: number;
  readonly triggerId: string;
  readonly application: string;
  readonly pipelineId: string;
  readonly outcome: SlotOutcome;
  readonly reachedAt: number;
  /** Key of the effect that starts it. */
  readonly startKey?: string;
}

/** The line of a slot that is reached now. */
export function slotRecord(
  { trigger: { key: triggerKey, id: triggerId, application, pipelineId }, at: slot }: Slot,
  outcome: SlotOutcome,
  reachedAt: number,
  startKey?: string,
): SlotRecord {
  const start = startKey !== undefined && { startKey };
  return { triggerKey, slot, triggerId, application, pipelineId, outcome, reachedAt, ...start };
}
