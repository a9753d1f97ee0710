import { type CronTrigger, type Slot, Timetable } from '../slots/index.js';

/** The span that is looked at; both are milliseconds since the epoch. A slot at the floor is outside, one at the ceiling inside. */
export interface Window {
  readonly floor: number;
  readonly ceiling: number;
}

export function windowAt(now: number, { windowMs, toleranceMs }: { windowMs: number; toleranceMs: number }): Window {
  const ceiling = now - toleranceMs;
  return { floor: ceiling - windowMs, ceiling };
}

/** The slots of a trigger after one instant up to and including another, in order. */
export function slotsWithin(
  timetable: Pick<Timetable, 'next'>,
  trigger: CronTrigger,
  after: number,
  until: number,
): Slot[] {
  const slots: Slot[] = [];
  for (let at = timetable.next(trigger, after); at !== undefined && at <= until; at = timetable.next(trigger, at)) {
    slots.push({ trigger, at });
  }
  return slots;
}
