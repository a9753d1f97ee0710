import { Param, Query } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { NotFoundError } from '../../platform/errors/index.js';
import { Pauses, Timetable, pauseOf } from '../../slots/index.js';
import { Doors } from '../rendering/doors.js';
import { Page, Pages, textOf } from '../rendering/page.js';
import { ConsoleRenderer } from '../rendering/renderer.js';
import { slotTimes } from '../rendering/wall-time.js';
import { LatestSlots } from './latest-slots.js';
import { TriggerSearch } from './trigger-search.js';
import { pausePath, pauseView, triggerView } from './trigger.view.js';

const SHOWN_TRIGGERS = 200;
const SHOWN_SLOTS = 10;
const PAUSE = 'PUT /triggers/cron/:id/pause';

/** Cron triggers, what holds them back, and what became of their slots. */
@Pages('console/triggers')
export class TriggersPage {
  constructor(
    private readonly renderer: ConsoleRenderer,
    private readonly search: TriggerSearch,
    private readonly pauses: Pauses,
    private readonly slots: LatestSlots,
    private readonly doors: Doors,
    private readonly timetable: Timetable,
    private readonly clock: Clock,
  ) {}

  @Page()
  async list(@Query('id') id?: unknown): Promise<string> {
    const [wanted, pauses, now] = [textOf(id), await this.pauses.all(), this.clock.now()];
    const rows = this.search
      .find(wanted, SHOWN_TRIGGERS)
      .map((known) => triggerView(known, pauseOf(pauses, known.trigger), this.timetable.next(known.trigger, now)));
    const view = { id: wanted, rows, pauses: pauses.map(pauseView), canPause: this.doors.has(PAUSE) };
    return this.renderer.page('triggers', view);
  }

  @Page(':key')
  async one(@Param('key') key: string): Promise<string> {
    const known = this.search.byKey(key);
    if (!known) throw new NotFoundError(`No pipeline that is loaded has a cron trigger ${key}.`);
    const [now, pauses] = [this.clock.now(), await this.pauses.all()];
    const pause = pauseOf(pauses, known.trigger);
    return this.renderer.page('trigger', {
      ...triggerView(known, pause, this.timetable.next(known.trigger, now)),
      canPause: this.doors.has(PAUSE),
      pause: pause ? pauseView(pause) : null,
      path: pausePath('trigger', key),
      times: slotTimes(this.timetable, known.trigger, now, SHOWN_SLOTS),
      slots: await this.slots.of(key, SHOWN_SLOTS),
    });
  }
}
