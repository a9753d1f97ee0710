import { beforeEach, describe, expect, it } from 'vitest';
import { shownBy } from '../../../test/support/metrics.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { SchedulerBench } from '../../../test/support/scheduler-bench.js';
import { type Pipeline, readPipeline } from '../../pipelines/index.js';
import type { CronTrigger } from '../../slots/index.js';

const pipeline = (name: string, cronExpression: string, more: object = {}): Pipeline =>
  readPipeline({
    application: 'app',
    name,
    id: name,
    triggers: [{ type: 'cron', enabled: true, cronExpression, ...more }],
  });

const action = (cronExpression: string): CronTrigger => ({
  key: 'user:x',
  group: 'user',
  id: 'x',
  application: 'app',
  pipelineId: 'hourly',
  cronExpression,
  expression: cronExpression,
  timeZone: 'UTC',
  rebake: false,
});

const iso = (at: number | undefined): string => new Date(at ?? Number.NaN).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let log: RecordedLog;
beforeEach(() => void (log = RecordedLog.start()));

describe('the engine', () => {
  it('has each start go out at the instant of its slot', async () => {
    const bench = new SchedulerBench([pipeline('minutely', '0 * * * * ?')], '2024-01-15T12:00:30.250Z');
    await bench.start();

    await bench.clock.advance(2 * MINUTE);

    expect(bench.gone.map(({ at, slot }) => [iso(at), iso(slot)])).toEqual([
      ['2024-01-15T12:01:00.000Z', '2024-01-15T12:01:00.000Z'],
      ['2024-01-15T12:02:00.000Z', '2024-01-15T12:02:00.000Z'],
    ]);
    expect(bench.facts).toMatchObject([{ name: 'slot.fired' }, { name: 'slot.fired' }]);
  });

  it('does nothing while nothing is due', async () => {
    const bench = new SchedulerBench([pipeline('hourly', '0 0 * * * ?')], '2024-01-15T12:00:01Z');
    await bench.start();
    await bench.clock.advance(0);
    const before = bench.claims;

    await bench.clock.advance(10 * MINUTE);

    // Once in half a minute, for clocks that were set.
    expect(bench.claims - before).toBeLessThanOrEqual(20);
    expect(bench.gone).toEqual([]);
  });

  it('takes up a trigger that is new at once', async () => {
    const bench = new SchedulerBench([], '2024-01-15T12:00:00.500Z');
    await bench.start();
    await bench.clock.advance(MINUTE);

    await bench.sync([pipeline('new', '* * * * * ?')]);

    await bench.clock.advance(1000);
    expect(bench.gone.map(({ at }) => iso(at))).toEqual(['2024-01-15T12:01:00.500Z', '2024-01-15T12:01:01.000Z']);
  });

  it('no longer runs a trigger that is gone', async () => {
    const bench = new SchedulerBench([pipeline('minutely', '0 * * * * ?')], '2024-01-15T12:00:30Z');
    await bench.start();
    await bench.sync([]);

    await bench.clock.advance(5 * MINUTE);

    expect(bench.gone).toEqual([]);
  });

  it('runs many triggers that are due at one instant, each once', async () => {
    const names = Array.from({ length: 1200 }, (_, i) => `p${i}`);
    const bench = new SchedulerBench(
      names.map((name) => pipeline(name, '0 0 * * * ?')),
      '2024-01-15T12:30:00Z',
    );
    await bench.start();

    await bench.clock.advance(HOUR);

    expect(bench.gone.map(({ pipeline: name }) => name).sort()).toEqual([...names].sort());
  });

  it('goes on after a claim that failed', async () => {
    const bench = new SchedulerBench([pipeline('minutely', '0 * * * * ?')], '2024-01-15T12:00:30Z');
    await bench.start();
    const { submit } = bench.outbox;
    bench.outbox.submit = () => Promise.reject(new Error('no room'));
    await bench.clock.advance(29_500);
    bench.outbox.submit = submit;

    await bench.clock.advance(2000);

    expect(bench.gone).toHaveLength(1);
    expect(log.at('error').join()).toContain('no room');
  });
});

/** Triggers are known, and for so long no engine is there to run them. */
async function sleptFor(bench: SchedulerBench, ms: number): Promise<void> {
  await bench.sync();
  await bench.clock.advance(ms);
  await bench.start();
}

describe('a slot that is reached late', () => {
  it('is run within the misfire threshold, one by one', async () => {
    const bench = new SchedulerBench([pipeline('often', '0/20 * * * * ?')], '2024-01-15T12:00:05Z');
    await sleptFor(bench, 45_000);

    expect(bench.gone.map(({ slot }) => iso(slot))).toEqual(['2024-01-15T12:00:20.000Z', '2024-01-15T12:00:40.000Z']);
  });

  it('comes before later ones of other triggers', async () => {
    const often = ['a', 'b'].map((name) => pipeline(name, '0/20 * * * * ?'));
    const bench = new SchedulerBench(often, '2024-01-15T12:00:05Z');
    await sleptFor(bench, 45_000);

    expect(bench.gone.map(({ pipeline: name, slot }) => `${name} ${iso(slot).slice(17, 19)}`)).toEqual([
      'a 20',
      'b 20',
      'a 40',
      'b 40',
    ]);
  });

  it('is left while starts wait in line, but not until it would be a misfire', async () => {
    const bench = new SchedulerBench([pipeline('hourly', '0 0 * * * ?')], '2024-01-15T12:59:50Z');
    bench.busy = true;
    await bench.start();
    await bench.clock.advance(39_900);
    expect(bench.gone).toEqual([]);

    await bench.clock.advance(200);
    expect(bench.gone.map(({ slot }) => iso(slot))).toEqual(['2024-01-15T13:00:00.000Z']);
  });

  it('is run as soon as no more starts wait in line', async () => {
    const bench = new SchedulerBench([pipeline('hourly', '0 0 * * * ?')], '2024-01-15T12:59:50Z');
    bench.busy = true;
    await bench.start();
    await bench.clock.advance(15_000);

    bench.busy = false;
    await bench.clock.advance(20);
    expect(bench.gone.map(({ at }) => iso(at))).toEqual(['2024-01-15T13:00:05.020Z']);
  });

  it('is a misfire beyond: told with its delay, not run, and the next one comes as usual', async () => {
    const bench = new SchedulerBench([pipeline('hourly', '0 0 * * * ?')], '2024-01-15T12:30:00Z');
    await sleptFor(bench, 45 * MINUTE);

    expect(bench.gone).toEqual([]);
    expect(bench.facts).toMatchObject([{ name: 'slot.misfired', payload: { delayMs: 15 * MINUTE } }]);
    expect(await shownBy(bench.slots)).toEqual([{ value: 1, outcome: 'misfired' }]);
    await bench.clock.advance(HOUR);
    expect(bench.gone.map(({ slot }) => iso(slot))).toEqual(['2024-01-15T14:00:00.000Z']);
  });

  it('has a threshold that can be set', async () => {
    const settings = { 'scheduler.misfireThresholdMs': HOUR };
    const bench = new SchedulerBench([pipeline('hourly', '0 0 * * * ?')], '2024-01-15T12:30:00Z', settings);
    await sleptFor(bench, 45 * MINUTE);

    expect(bench.gone).toHaveLength(1);
  });

  it('of an action made by hand is run once, at once', async () => {
    const bench = new SchedulerBench([pipeline('hourly', '0 0 0 1 1 ? 2099')], '2024-01-15T12:30:00Z');
    await bench.store.add(action('0 0 * * * ?'), Date.parse('2024-01-15T13:00:00Z'));
    await sleptFor(bench, 5 * HOUR);

    expect(bench.gone.map(({ slot }) => iso(slot))).toEqual(['2024-01-15T13:00:00.000Z']);
  });
});

describe('a slot of a pipeline that nobody knows', () => {
  it('is named in the log, and the trigger stays', async () => {
    const bench = new SchedulerBench([], '2024-01-15T12:30:00Z');
    await bench.start();
    await bench.store.add(action('0 0 * * * ?'), Date.parse('2024-01-15T13:00:00Z'));

    await bench.clock.advance(HOUR);

    expect(bench.gone).toEqual([]);
    expect(log.at('error').join()).toContain('No pipeline found (id: hourly)');
    expect(await bench.store.list('user')).toMatchObject([{ nextSlot: Date.parse('2024-01-15T14:00:00Z') }]);
  });
});

describe('what operators want of slots', () => {
  /** An instance that was asleep from 12:00:30 on, and the slots that it then runs. */
  async function slept(settings: Record<string, unknown>, trigger: object = {}) {
    const bench = new SchedulerBench([pipeline('minutely', '0 * * * * ?', trigger)], '2024-01-15T12:00:30Z', settings);
    await sleptFor(bench, 10 * MINUTE);
    return bench.gone.map(({ slot }) => iso(slot).slice(11, 16));
  }

  it('is what it slept through, as far back as is wanted', async () => {
    expect(await slept({})).toEqual([]);
    expect(await slept({ 'scheduler.catchUpWindowMs': 3 * MINUTE })).toEqual(['12:08', '12:09', '12:10']);
    expect(await slept({ 'scheduler.catchUpWindowMs': HOUR }, { catchUpWindowMs: MINUTE })).toEqual(['12:10']);
    expect(await slept({ 'scheduler.catchUpWindowMs': HOUR })).toHaveLength(10);
  });

  it('is that starts go out a while after their slots', async () => {
    const settings = { 'scheduler.jitterMs': 30_000 };
    const bench = new SchedulerBench([pipeline('minutely', '0 * * * * ?')], '2024-01-15T12:00:30Z', settings);
    await bench.start();
    await bench.clock.advance(2 * MINUTE);

    const [first] = bench.gone;
    expect(iso(first?.slot)).toBe('2024-01-15T12:01:00.000Z');
    expect((first?.at ?? 0) - (first?.slot ?? 0)).toBeGreaterThan(0);
  });

  it('is a freeze: the slots pass and are recorded', async () => {
    const windows = [{ from: '2024-01-15', to: '2024-01-16' }];
    const settings = { 'scheduler.calendars': [{ name: 'audit', applications: [], labels: [], windows }] };
    const bench = new SchedulerBench([pipeline('minutely', '0 * * * * ?')], '2024-01-15T12:00:30Z', settings);
    await bench.start();
    await bench.clock.advance(MINUTE);

    expect(bench.gone).toEqual([]);
    expect(await bench.outbox.latest(1)).toMatchObject([
      { state: 'suppressed', suppressedBy: 'held by freeze audit until 2024-01-16T00:00:00.000Z' },
    ]);
  });

  it('is that another Echo fires them: they pass, are recorded as such, and leave their keys free', async () => {
    const NOON = '2024-01-15T12:02:00Z';
    const settings = { 'scheduler.triggers.from': NOON };
    const bench = new SchedulerBench([pipeline('minutely', '0 * * * * ?')], '2024-01-15T12:00:30Z', settings);
    await bench.start();
    await bench.clock.advance(2 * MINUTE);

    expect(bench.gone.map(({ slot }) => iso(slot))).toEqual(['2024-01-15T12:02:00.000Z']);
    const [own, another] = await bench.outbox.latest(9);
    expect(another).toMatchObject({
      state: 'suppressed',
      suppressedBy: `another Echo fires this slot: scheduler.triggers.from is ${NOON}`,
      key: expect.stringMatching(/^another\/slot\//) as string,
    });
    expect(own?.key).toMatch(/^slot\//);
    expect(await shownBy(bench.slots)).toEqual([
      { value: 1, outcome: 'suppressed' },
      { value: 1, outcome: 'fired' },
    ]);

    bench.settings.set('scheduler.triggers.until', '2024-01-15T12:03:00Z');
    await bench.clock.advance(2 * MINUTE);

    expect(bench.gone).toHaveLength(1);
  });
});
