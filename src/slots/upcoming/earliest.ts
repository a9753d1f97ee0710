import type { KnownTrigger, Schedule } from './schedule.js';

/** A schedule at one of its times. */
interface Line extends Schedule {
  readonly at: number;
}

/** Collects schedules, and keeps those that are due first: cheaper than to sort all. */
export class Earliest {
  private readonly lines: Line[] = [];

  /**
   * @param to nothing after this instant counts, milliseconds since the epoch
   * @param limit so many slots are wanted
   */
  constructor(
    private readonly to: number,
    private readonly limit: number,
  ) {}

  /** @param at the first time of the schedule that counts */
  add(schedule: Schedule, at: number | undefined): void {
    if (at === undefined || at > this.to) return;
    const { lines, limit } = this;
    const last = lines.at(-1);
    if (last && lines.length >= limit && at >= last.at) return;
    const place = lines.findIndex((line) => line.at > at);
    lines.splice(place < 0 ? lines.length : place, 0, { ...schedule, at });
    if (lines.length > limit) lines.pop();
  }

  /** Takes the earliest again and again, and puts it back with its next time. */
  slots(): (KnownTrigger & { readonly at: number })[] {
    const slots: (KnownTrigger & { readonly at: number })[] = [];
    for (let line = this.lines.shift(); line && slots.length < this.limit; line = this.lines.shift()) {
      const { at, times, members } = line;
      for (const known of members.slice(0, this.limit - slots.length)) slots.push({ at, ...known });
      this.add({ times, members }, times.after(at));
    }
    return slots;
  }
}
