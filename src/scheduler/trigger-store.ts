import type { Submission } from '../outbox/index.js';
import type { PreparedStart } from '../pipelines/index.js';
import type { CronTrigger, SlotRecord, TriggerGroup } from '../slots/index.js';

/** A trigger with its place in time. Milliseconds since the epoch. */
export interface ScheduledTrigger {
  readonly trigger: CronTrigger;
  /** Undefined when there is no slot any more. */
  readonly nextSlot: number | undefined;
}

/** A trigger that is due. */
export interface DueTrigger extends ScheduledTrigger {
  readonly nextSlot: number;
}

/** What is made of a due trigger: the starts of the slots that it had, and when it is due again. */
export interface Turn {
  readonly due: DueTrigger;
  readonly nextSlot: number | undefined;
  readonly starts: readonly PreparedStart[];
  /** What the ledger keeps of its slots. */
  readonly records: readonly SlotRecord[];
}

/** A turn that was taken: it is this instance's alone. */
export interface TakenTurn<T extends Turn> {
  readonly turn: T;
  /** One for each start, in their order. */
  readonly submissions: readonly Submission[];
}

export interface SyncCounts {
  readonly total: number;
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
}

/**
 * Keeps cron triggers and gives out their slots.
 *
 * What must hold with several instances: every slot is claimed by one instance only; claiming, moving the trigger on to
 * its next slot, writing the starts and the records down happen together or not at all. Two syncs with the same pipelines change
 * nothing but once.
 */
export abstract class TriggerStore {
  /**
   * Makes the triggers of the group `pipeline` these, and writes differences only.
   *
   * @param firstSlot says when a trigger that is new, or due at other times than before, is due first
   */
  abstract sync(
    wanted: readonly CronTrigger[],
    firstSlot: (trigger: CronTrigger) => number | undefined,
  ): Promise<SyncCounts>;

  /** Adds one trigger; a known key stays as it is. */
  abstract add(trigger: CronTrigger, nextSlot: number | undefined): Promise<'added' | 'known'>;

  /** Removes a trigger and tells what it was. */
  abstract remove(key: string): Promise<CronTrigger | undefined>;

  abstract find(key: string): Promise<ScheduledTrigger | undefined>;

  /** All of a group, by key. */
  abstract list(group: TriggerGroup): Promise<ScheduledTrigger[]>;

  /**
   * Takes the turns of triggers whose next slot is not after `until`, the earliest first, at most `limit`. `plan` says
   * what to make of them; those that it leaves out stay as they were, and all of them when it throws.
   */
  abstract claim<T extends Turn>(
    until: number,
    limit: number,
    plan: (due: readonly DueTrigger[]) => Promise<readonly T[]>,
  ): Promise<TakenTurn<T>[]>;

  /** The earliest next slot of all. */
  abstract nextSlot(): Promise<number | undefined>;

  /** Calls `listener` when a trigger may be due earlier than was said before. */
  abstract onChange(listener: () => void): void;
}
