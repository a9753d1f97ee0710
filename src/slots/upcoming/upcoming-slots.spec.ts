import type { DiscoveryService } from '@nestjs/core';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Bus } from '../../events/index.js';
import { type Pipeline, PipelineNotes, pipelinesRefreshed, readPipeline } from '../../pipelines/index.js';
import type { CronTrigger } from '../cron-trigger.js';
import { CronTriggers } from '../cron-triggers.js';
import { MemoryPauses } from '../memory/memory-pauses.js';
import { SlotPolicy } from '../policy/slot-policy.js';
import { Timetable } from '../timetable.js';
import { KnownTriggers } from './known-triggers.js';
import { ContributesTriggers, type TriggerSource } from './trigger-source.js';
import { UpcomingSlots, type UpcomingSpan } from './upcoming-slots.js';

const HOUR = 3_600_000;
/** 2026-01-01T00:00:00Z */
const START = 1_767_225_600_000;

@ContributesTriggers({ name: 'test' })
class ByHand implements TriggerSource {
  all: CronTrigger[] = [];

  triggers(): Promise<CronTrigger[]> {
    return Promise.resolve(this.all);
  }
}

let bus: Bus;
let clock: ManualClock;
let byHand: ByHand;
let known: KnownTriggers;
let upcoming: UpcomingSlots;

beforeEach(() => {
  bus = new Bus(new EventEmitter2());
  clock = new ManualClock(START);
  byHand = new ByHand();
  const settings = new TestSettings({ 'scheduler.cron.timezone': 'UTC' });
  const timetable = new Timetable(settings);
  const wrapper = { metatype: ByHand, instance: byHand, isDependencyTreeStatic: () => true };
  const discovery = { getProviders: () => [wrapper] } as unknown as DiscoveryService;
  known = new KnownTriggers(bus, new CronTriggers(timetable), timetable, clock, discovery);
  known.onModuleInit();
  const policy = new SlotPolicy(settings, timetable, new PipelineNotes());
  upcoming = new UpcomingSlots(known, new MemoryPauses(), policy, timetable, clock);
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

const shown = async (limit: number, span: Omit<UpcomingSpan, 'limit'> = {}): Promise<[string, number][]> =>
  (await upcoming.within({ ...span, limit })).map(({ at, trigger, pipeline }) => [
    pipeline?.name ?? trigger.key,
    (at - START) / HOUR,
  ]);

describe('What fires next', () => {
  it('is in the order of time, as often as it is due, and no more than was asked for', async () => {
    await load([pipelineAt(5), pipelineAt(2), pipelineAt(9)]);

    expect(await shown(5)).toEqual([
      ['at 2', 2],
      ['at 5', 5],
      ['at 9', 9],
      ['at 2', 26],
      ['at 5', 29],
    ]);
    expect(await shown(1)).toEqual([['at 2', 2]]);
  });

  it('goes on with time', async () => {
    await load([pipelineAt(5), pipelineAt(2)]);
    await clock.advance(3 * HOUR);

    expect(await shown(2)).toEqual([
      ['at 5', 5],
      ['at 2', 26],
    ]);
  });

  it('follows the pipelines', async () => {
    await load([pipelineAt(5)]);
    await load([pipelineAt(7)]);

    expect(await shown(1)).toEqual([['at 7', 7]]);
  });

  it('shows every trigger of those that are due at the same times, each at its own', async () => {
    const others = ['one', 'two'].map((id) => ({ ...pipelineAt(4), id, name: id }));
    await load([...others, pipelineAt(6)]);

    expect(await shown(4)).toEqual([
      ['one', 4],
      ['two', 4],
      ['at 6', 6],
      ['one', 28],
    ]);
  });

  it('is asked of any time, for one application too', async () => {
    await load([pipelineAt(5), { ...pipelineAt(2), application: 'Other' }]);

    expect(await shown(9, { from: START + 5 * HOUR, to: START + 26 * HOUR })).toEqual([
      ['at 5', 5],
      ['at 2', 26],
    ]);
    expect(await shown(2, { from: START - 24 * HOUR, application: 'other' })).toEqual([
      ['at 2', -22],
      ['at 2', 2],
    ]);
  });

  it('counts triggers that are on no pipeline, whether or not theirs is loaded', async () => {
    const [own] = (await load([pipelineAt(5)]), await known.all());
    byHand.all = own ? [{ ...own.trigger, key: 'user:x', group: 'user', expression: '0 0 3 ? * *' }] : [];

    expect(await shown(2)).toEqual([
      ['at 5', 3],
      ['at 5', 5],
    ]);
    await load([pipelineAt(7)]);
    expect(await shown(2)).toEqual([
      ['user:x', 3],
      ['at 7', 7],
    ]);
  });
});
