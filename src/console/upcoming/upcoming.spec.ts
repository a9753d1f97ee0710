import { EventEmitter2 } from '@nestjs/event-emitter';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Bus } from '../../events/index.js';
import { type Pipeline, pipelinesRefreshed, readPipeline } from '../../pipelines/index.js';
import { CronTriggers, Timetable } from '../../slots/index.js';
import { UpcomingSlots } from './upcoming.js';

const HOUR = 3_600_000;
/** 2026-01-01T00:00:00Z */
const START = 1_767_225_600_000;

let bus: Bus;
let clock: ManualClock;
let upcoming: UpcomingSlots;

beforeEach(() => {
  bus = new Bus(new EventEmitter2());
  clock = new ManualClock(START);
  const timetable = new Timetable(new TestSettings({ 'scheduler.cron.timezone': 'UTC' }));
  upcoming = new UpcomingSlots(bus, new CronTriggers(timetable), timetable, clock);
  upcoming.onModuleInit();
});

const pipelineAt = (hour: number): Pipeline =>
  readPipeline({
    application: 'app',
    name: `at ${hour}`,
    id: `p${hour}`,
    triggers: [{ enabled: true, type: 'cron', id: `t${hour}`, cronExpression: `0 0 ${hour} ? * *` }],
  });

const load = (pipelines: readonly Pipeline[]): Promise<void> =>
  bus.publishAndWait(pipelinesRefreshed, { snapshot: { pipelines, skipped: [], loadedAt: START }, before: undefined });

const shown = (limit: number): [string, number][] =>
  upcoming.next(limit).map(({ at, pipeline }) => [pipeline.name, (at - START) / HOUR]);

describe('What fires next', () => {
  it('is in the order of time, as often as it is due, and no more than was asked for', async () => {
    await load([pipelineAt(5), pipelineAt(2), pipelineAt(9)]);

    expect(shown(5)).toEqual([
      ['at 2', 2],
      ['at 5', 5],
      ['at 9', 9],
      ['at 2', 26],
      ['at 5', 29],
    ]);
    expect(shown(1)).toEqual([['at 2', 2]]);
  });

  it('goes on with time', async () => {
    await load([pipelineAt(5), pipelineAt(2)]);
    await clock.advance(3 * HOUR);

    expect(shown(2)).toEqual([
      ['at 5', 5],
      ['at 2', 26],
    ]);
  });

  it('follows the pipelines', async () => {
    await load([pipelineAt(5)]);
    await load([pipelineAt(7)]);

    expect(shown(1)).toEqual([['at 7', 7]]);
  });

  it('shows every trigger of those that are due at the same times, each at its own', async () => {
    const others = ['one', 'two'].map((id) => ({ ...pipelineAt(4), id, name: id }));
    await load([...others, pipelineAt(6)]);

    expect(shown(4)).toEqual([
      ['one', 4],
      ['two', 4],
      ['at 6', 6],
      ['one', 28],
    ]);
  });
});
