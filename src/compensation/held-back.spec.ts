import { beforeEach, describe, expect, it } from 'vitest';
import type { CompensationBench, CompensationWorld } from '../../test/support/compensation-bench.js';
import {
  MINUTE,
  at,
  missedMorning,
  pipeline,
  slotTimes,
  startedByTheOriginal,
} from '../../test/support/missed-morning.js';
import { RecordedLog } from '../../test/support/recorded-log.js';
import type { Pipeline } from '../pipelines/index.js';

let world: CompensationWorld;
let bench: CompensationBench;

beforeEach(() => void RecordedLog.start());

async function begin(settings: Record<string, unknown> = {}, ...pipelines: Pipeline[]): Promise<void> {
  ({ world, bench } = await missedMorning(settings, ...pipelines));
}

const foreign = (time: string, more: object = {}): void => startedByTheOriginal({ world, bench }, time, more);

const started = (): string[] => slotTimes(world.posted.map(({ executionId }) => executionId));

describe('what holds starts back', () => {
  const QUIET = {
    'quietPeriod.startIso': '2024-01-15T10:08:00Z',
    'quietPeriod.endIso': '2024-01-15T10:10:30Z',
    'quietPeriod.suppressedTriggerTypes': ['cron'],
  };
  const respecting = pipeline({ respectQuietPeriod: true });

  it('is the switch of its own: the slots are recorded, and started when it is on again', async () => {
    await begin({ 'scheduler.compensationJob.triggers.enabled': false });
    foreign('10:05:02');
    await bench.look();
    expect(world.posted).toEqual([]);
    expect(await bench.outbox.latest(9)).toMatchObject([
      { state: 'suppressed', suppressedBy: 'scheduler.compensationJob.triggers.enabled is false' },
    ]);

    world.settings.set('scheduler.compensationJob.triggers.enabled', true);
    await bench.look();
    expect(started()).toEqual(['10:10:00']);
  });

  it('is an instance out of service: it does not look, and keeps nobody else from it', async () => {
    await begin({ 'instance.status': 'OUT_OF_SERVICE' });
    await bench.look();
    expect([world.asked, world.posted, await bench.outbox.latest(9)]).toEqual([[], [], []]);

    world.settings.set('instance.status', 'UP');
    await bench.look();
    expect(started()).toEqual(['10:05:00', '10:10:00']);
  });

  it('is the quiet period in which a slot lay', async () => {
    await begin(QUIET, respecting);
    await bench.look();

    expect(started()).toEqual(['10:05:00']);
  });

  it('is no quiet period that lets cron triggers be', async () => {
    await begin({ ...QUIET, 'quietPeriod.suppressedTriggerTypes': [] }, respecting);
    await bench.look();

    expect(started()).toEqual(['10:05:00', '10:10:00']);
  });

  it('is a freeze in which a slot lay; it is recorded', async () => {
    const windows = [{ from: '2024-01-15T10:08', to: '2024-01-15T10:10:20' }];
    await begin({ 'scheduler.calendars': [{ name: 'audit', applications: ['app'], labels: [], windows }] });
    await bench.look();
    await bench.look();

    expect(started()).toEqual(['10:05:00']);
    expect(await bench.outbox.latest(9)).toContainEqual(
      expect.objectContaining({
        state: 'suppressed',
        suppressedBy: 'held by freeze audit until 2024-01-15T10:10:20.000Z',
      }),
    );
  });

  describe('is a pause', () => {
    const paused = { scope: 'application', name: 'app', note: 'audit', by: 'ann' } as const;
    const since = (time: string) => bench.pauses.put({ ...paused, since: at(time) });

    it('in which a slot lay: it is recorded as the scheduler does it, and is not run after the pause', async () => {
      await begin();
      foreign('10:05:02');
      await since('10:06:00');
      await bench.look();
      expect(await bench.outbox.latest(9)).toMatchObject([
        { state: 'suppressed', suppressedBy: 'application paused by ann: audit', cause: { slot: at('10:10:00') } },
      ]);

      await bench.pauses.remove('application', 'app');
      await bench.look();
      expect(world.posted).toEqual([]);
    });

    it('that began after a slot: it is run after the pause', async () => {
      await begin();
      foreign('10:05:02');
      await since('10:10:30');
      await bench.look();
      await bench.look();
      expect(world.posted).toEqual([]);
      expect(await bench.outbox.latest(9)).toMatchObject([{ state: 'suppressed' }]);

      await bench.pauses.remove('application', 'app');
      await bench.look();
      expect(started()).toEqual(['10:10:00']);
    });

    it('of one application, which takes nothing from what another may start in a look', async () => {
      const other = pipeline({ id: 'other', application: 'other' });
      await begin({ 'scheduler.compensationJob.maxStartsPerRun': 2 }, pipeline(), other);
      await since('10:00:00');
      await bench.look();

      expect(world.posted.map(({ id }) => id)).toEqual(['other', 'other']);
    });
  });

  it('is another Echo that fires a slot: it is not missed here, until it is said to be ours', async () => {
    await begin({ 'scheduler.triggers.from': '2024-01-15T10:07:00Z' });
    await bench.look();
    expect(started()).toEqual(['10:10:00']);
    expect(bench.facts).toHaveLength(1);

    world.settings.set('scheduler.triggers.from', '2024-01-15T10:04:00Z');
    await bench.look();
    expect(started()).toEqual(['10:05:00', '10:10:00']);
  });

  it('is another Echo that has fired a slot before it was said to be ours', async () => {
    await begin({ 'scheduler.triggers.from': '2024-01-15T10:07:00Z' });
    foreign('10:05:02');
    await bench.look();
    world.settings.set('scheduler.triggers.from', '2024-01-15T10:04:00Z');
    await bench.look();

    expect(started()).toEqual(['10:10:00']);
  });

  it('is a trigger that says how late it is still worth running', async () => {
    await begin({}, pipeline({}, { catchUpWindowMs: 2 * MINUTE }));
    await bench.look();

    expect(started()).toEqual(['10:10:00']);
  });

  it('is the jitter of a trigger: its starts are not late before it', async () => {
    await begin({ 'scheduler.jitterMs': 10 * MINUTE });
    await bench.look();
    expect(started()).not.toContain('10:10:00');

    await world.clock.advance(10 * MINUTE);
    await bench.look();
    expect(started()).toContain('10:10:00');
  });

  it('is a run that is not over, where the trigger wants it so', async () => {
    await begin({}, pipeline({}, { overlapPolicy: 'skip' }));
    foreign('10:05:02', {
      status: 'RUNNING',
      trigger: { id: bench.triggersOf(pipeline({}, { overlapPolicy: 'skip' }))[0]?.id },
    });
    await bench.look();
    await bench.look();

    expect(world.posted).toEqual([]);
    expect(await bench.outbox.latest(1)).toMatchObject([{ state: 'suppressed' }]);
  });

  it('is a quiet period now, for pipelines that respect it', async () => {
    const now = { ...QUIET, 'quietPeriod.endIso': '2024-01-15T10:30:00Z', 'quietPeriod.suppressedTriggerTypes': [] };
    await begin(now, respecting, pipeline({ id: 'other' }));
    await bench.look();

    expect(new Set(world.posted.map(({ id }) => id))).toEqual(new Set(['other']));
  });
});
