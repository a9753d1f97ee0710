import { Param, Query } from '@nestjs/common';
import { NotFoundError } from '../../platform/errors/index.js';
import { Pauses, UpcomingSlots, pauseOf } from '../../slots/index.js';
import { Doors } from '../rendering/doors.js';
import { Page, Pages, textOf } from '../rendering/page.js';
import { ConsoleRenderer } from '../rendering/renderer.js';
import { LatestSlots } from './latest-slots.js';
import { TriggerSearch } from './trigger-search.js';
import { pausePath, pauseView, triggerView, upcomingView } from './trigger.view.js';

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
    private readonly upcoming: UpcomingSlots,
    private readonly slots: LatestSlots,
    private readonly doors: Doors,
  ) {}

  @Page()
  async list(@Query('id') id?: unknown): Promise<string> {
    const [wanted, pauses] = [textOf(id), await this.pauses.all()];
    const found = await this.search.find(wanted, SHOWN_TRIGGERS);
    const rows = found.map((known) => triggerView(known, pauseOf(pauses, known.trigger), this.upcoming.next(known)));
    const view = { id: wanted, rows, pauses: pauses.map(pauseView), canPause: this.doors.has(PAUSE) };
    return this.renderer.page('triggers', view);
  }

  @Page(':key')
  async one(@Param('key') key: string): Promise<string> {
    const known = await this.search.byKey(key);
    if (!known) throw new NotFoundError(`There is no cron trigger ${key}.`);
    const pause = pauseOf(await this.pauses.all(), known.trigger);
    const times = await this.upcoming.of(known, SHOWN_SLOTS);
    return this.renderer.page('trigger', {
      ...triggerView(known, pause, times[0]?.at),
      canPause: this.doors.has(PAUSE),
      pause: pause ? pauseView(pause) : null,
      path: pausePath('trigger', key),
      times: times.map(upcomingView),
      slots: await this.slots.of(key, SHOWN_SLOTS),
    });
  }
}
