import { Injectable } from '@nestjs/common';
import { type CronExpression, type CronReading, type TimeZone, TimeZones, parseCron } from '../cron/index.js';
import { Settings } from '../platform/settings/index.js';
import type { CronTrigger } from './cron-trigger.js';
import { slotsConfig } from './slots.config.js';

type Scheduled = Pick<CronTrigger, 'expression' | 'timeZone'>;

/** Many triggers share an expression: so many are kept parsed, then the oldest is dropped. */
const KEPT = 150_000;

/** Says when triggers are due. */
@Injectable()
export class Timetable {
  private readonly zones = new TimeZones();
  private readonly parsed = new Map<string, CronExpression>();

  constructor(private readonly settings: Settings) {}

  /** The zone of an id, or of `scheduler.cron.timezone` where none is given; GMT for what Java takes for GMT. */
  zone(id = this.settings.get(slotsConfig.timeZone)): TimeZone {
    return this.zones.find(id) ?? (this.zones.find('GMT') as TimeZone);
  }

  /** Whether an id names a zone. */
  knowsZone(id: string): boolean {
    return this.zones.find(id) !== undefined;
  }

  /** The expression (with `H` replaced) read, or why it cannot be. */
  read(expression: string): CronReading {
    const known = this.parsed.get(expression);
    if (known) return { kind: 'valid', cron: known };
    const reading = parseCron(expression);
    if (reading.kind === 'valid') this.keep(expression, reading.cron);
    return reading;
  }

  /** The first slot strictly after an instant; undefined when there is none. All in milliseconds since the epoch. */
  next({ expression, timeZone }: Scheduled, after: number): number | undefined {
    const reading = this.read(expression);
    if (reading.kind === 'invalid') return undefined;
    return reading.cron.next(after, this.zone(timeZone), { dstPolicy: this.settings.get(slotsConfig.dstPolicy) });
  }

  /** The slots after an instant and up to another, at most so many. */
  between(scheduled: Scheduled, after: number, to: number, limit: number): number[] {
    const slots: number[] = [];
    let at = this.next(scheduled, after);
    for (; at !== undefined && at <= to && slots.length < limit; at = this.next(scheduled, at)) slots.push(at);
    return slots;
  }

  /** The first slot of a trigger that is made now: one in the second that has begun still counts, as in Quartz. */
  first(trigger: Scheduled, madeAt: number): number | undefined {
    return this.next(trigger, Math.floor(madeAt / 1000) * 1000 - 1);
  }

  private keep(expression: string, cron: CronExpression): void {
    const oldest = this.parsed.keys().next();
    if (this.parsed.size >= KEPT && !oldest.done) this.parsed.delete(oldest.value);
    this.parsed.set(expression, cron);
  }
}
