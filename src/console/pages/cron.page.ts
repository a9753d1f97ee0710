import { Query } from '@nestjs/common';
import { expandHash, validateCron, wallTime } from '../../cron/index.js';
import { Clock } from '../../platform/clock/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { Timetable } from '../../slots/index.js';
import { Page, Pages, textOf } from '../rendering/page.js';
import { ConsoleRenderer } from '../rendering/renderer.js';
import { shownTime } from '../rendering/times.js';

const SHOWN_TIMES = 20;

/** Tries an expression out: what it means, when it is due, or what is wrong with it. */
@Pages('console/cron')
export class CronPage {
  constructor(
    private readonly renderer: ConsoleRenderer,
    private readonly timetable: Timetable,
    private readonly clock: Clock,
  ) {}

  @Page()
  show(@Query('expression') expression?: unknown, @Query('zone') zone?: unknown): string {
    return this.renderer.page('cron', this.view(textOf(expression), textOf(zone)));
  }

  private view(expression: string, zone: string): JsonObject {
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
    return this.timetable
      .between({ expression, timeZone }, this.clock.now(), Number.POSITIVE_INFINITY, SHOWN_TIMES)
      .map((at) => ({ at: shownTime(at), local: wallTime(at, this.timetable.zone(timeZone)) }));
  }
}
