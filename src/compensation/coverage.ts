import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { Timetable, slotKey } from '../slots/index.js';
import type { Known } from './slot-ids.js';
import type { PipelineHistory } from './pipeline-history.js';
import { slotsWithin } from './window.js';

/**
 * Which slots of a trigger executions of that trigger account for, where nothing but times connects them. No execution
 * is older than its slot, so from the latest on each one takes the latest slot before it that is still free: an
 * execution that was late takes its own slot as long as the later ones have theirs as well.
 *
 * @param slots instants of slots without an execution that is known to be theirs
 * @param executions instants at which executions were made
 * @returns the instants of the slots that are accounted for
 */
export function accountedFor(slots: readonly number[], executions: readonly number[]): ReadonlySet<number> {
  const free = slots.toSorted((a, b) => a - b);
  const taken = new Set<number>();
  for (const made of executions.toSorted((a, b) => b - a)) {
    while ((free.at(-1) ?? -Infinity) > made) free.pop();
    const slot = free.pop();
    if (slot === undefined) break;
    taken.add(slot);
  }
  return taken;
}

/** Says which slots have executions that are not known by their ids: of the original, or of an Echo that shares nothing. */
@Injectable()
export class Coverage {
  constructor(
    private readonly timetable: Timetable,
    private readonly clock: Clock,
  ) {}

  /**
   * @param siblings slots of one trigger, in the order of their instants
   * @param isOccupied whether the slot with this key has an execution of its own, or needs none
   * @returns the instants that are accounted for
   */
  of(siblings: readonly Known[], history: PipelineHistory, isOccupied: (key: string) => boolean): ReadonlySet<number> {
    const [first] = siblings;
    if (!first) return new Set();
    const { slots, foreign } = history.of(first.trigger.id);
    // Executions of slots that are too young to be judged must not be taken for those of older ones.
    const free = slotsWithin(this.timetable, first.trigger, first.at - 1, this.clock.now())
      .filter((slot) => !slots.includes(slot.at) && !isOccupied(slotKey(slot)))
      .map(({ at }) => at);
    return new Set([...slots, ...accountedFor(free, foreign)]);
  }
}
