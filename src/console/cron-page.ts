import { Injectable } from '@nestjs/common';
import { expandHash, validateCron } from '../cron/index.js';
import { Clock } from '../platform/clock/index.js';
import type { JsonObject } from '../platform/json/index.js';
import { Timetable } from '../slots/index.js';
import { wallTime } from './wall-time.js';

const SHOWN_TIMES = 20;

/** Tries an expression out: what it means, when it is due, or what is wrong with it. */
@Injectable()
export class CronPage {
  constructor(
    private readonly timetable: Timetable,
    private readonly clock: Clock,
  ) {}

  view(expression: string, zone: string): JsonObject {
    const given = { expression, zone: zone || this.timetable.zone().id };
    if (expression === '') return given;
    if (!this.timetable.knowsZone(given.zone)) return { ...given, fault: `There is no time zone '${given.zone}'.` };
    const judged = validateCron(expression);
    if (judged.kind === 'invalid') return { ...given, fault: judged.message };
    return { ...given, description: judged.description, times: this.times(expression, given.zone) };
  }

  private times(text: string, timeZone: string): JsonObject[] {
    const expanded = expandHash(text, '');
    const expression = expanded.kind === 'expanded' ? expanded.expression : text;
    const times: JsonObject[] = [];
    let at = this.timetable.next({ expression, timeZone }, this.clock.now());
    for (; at !== undefined && times.length < SHOWN_TIMES; at = this.timetable.next({ expression, timeZone }, at)) {
      times.push({ at: new Date(at).toISOString(), local: wallTime(at, timeZone) });
    }
    return times;
  }
}
