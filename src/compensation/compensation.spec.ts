import { beforeEach, describe, expect, it } from 'vitest';
import { CompensationBench, CompensationWorld, outboxOf } from '../../test/support/compensation-bench.js';
import { shownBy } from '../../test/support/metrics.js';
import {
  EVERY_FIVE,
  MINUTE,
  NOW,
  at,
  missedMorning,
  pipeline,
  slotTimes,
  startedByTheOriginal,
} from '../../test/support/missed-morning.js';
import { RecordedLog } from '../../test/support/recorded-log.js';
import type { Pipeline } from '../pipelines/index.js';
import { CronTriggers, Timetable, slotStart } from '../slots/index.js';

let log: RecordedLog;
let world: CompensationWorld;
let bench: CompensationBench;

beforeEach(() => void (log = RecordedLog.start()));

async function begin(settings: Record<string, unknown> = {}, ...pipelines: Pipeline[]): Promise<void> {
  ({ world, bench } = await missedMorning(settings, ...pipelines));
}

const foreign = (time: string, more: object = {}): void => startedByTheOriginal({ world, bench }, time, more);

const started = (): string[] => slotTimes(world.posted.map(({ executionId }) => executionId));

/** Has the scheduler of this instance start a slot. */
async function schedule(time: string, of: Pipeline = pipeline()): Promise<void> {
  const [trigger] = new CronTriggers(new Timetable(world.settings)).of(of).usable;
  if (trigger)
    await bench.starter().start({ ...slotStart({ trigger, at: at(time) }, of), notBefore: undefined } as never);
  await world.clock.advance(0);
}

describe('a slot without a start', () => {
  it('is started, with the trigger as it is stored', async () => {
    await begin();
    foreign('10:05:02');
    await bench.look();

    expect(started()).toEqual(['10:10:00']);
    expect(world.posted).toMatchObject([
      { id: 'p', trigger: { type: 'cron', enabled: true, cronExpression: EVERY_FIVE, preferred: false } },
    ]);
    expect(world.posted[0]?.trigger).not.toHaveProperty('eventId');
  });

  it('is in the ledger of slots with its new start', async () => {
    await begin();
    foreign('10:05:02');
    await bench.look();

    const [start] = await bench.outbox.latest(1);
    expect(await bench.ledger.within({ from: at('10:00:00'), to: at('10:15:00') })).toMatchObject([
      { slot: at('10:10:00'), pipelineId: 'p', outcome: 'fired', startKey: start?.key },
    ]);
  });

  it('is told of, counted and measured', async () => {
    await begin();
    foreign('10:05:02');
    await bench.look();

    expect(bench.facts).toMatchObject([{ name: 'slot.missed', payload: { at: at('10:10:00'), reason: 'no start' } }]);
    expect(await shownBy(bench.slots)).toEqual([
      { value: 1, verdict: 'started' },
      { value: 1, verdict: 'missed' },
    ]);
    expect((await bench.misfires.get()).values.find(({ metricName }) => metricName?.endsWith('_sum'))?.value).toBe(10);
    expect(log.at('warn')[0]).toBe('app:p missed its slot at 2024-01-15T10:10:00.000Z (no start): started again');
  });

  it('is started once, however often and by however many instances it is looked for', async () => {
    world = new CompensationWorld('2024-01-15T09:00:00Z');
    const shared = outboxOf(world);
    const [one, other] = [new CompensationBench(world, shared), new CompensationBench(world, shared)];
    for (const instance of [one, other]) instance.refresh(pipeline());
    await world.clock.advanceTo(Date.parse(NOW));

    await Promise.all([one.look(), other.look()]);
    await one.look();
    await other.look();

    expect(started()).toEqual(['10:05:00', '10:10:00']);
  });

  it('is found by instances that share nothing, and run once all the same', async () => {
    world = new CompensationWorld('2024-01-15T09:00:00Z');
    const [one, other] = [new CompensationBench(world), new CompensationBench(world)];
    for (const instance of [one, other]) instance.refresh(pipeline());
    await world.clock.advanceTo(Date.parse(NOW));

    await Promise.all([one.look(), other.look()]);

    expect(slotTimes(world.store.executions.map(({ id }) => id))).toEqual(['10:05:00', '10:10:00']);
    expect(world.store.overwritten).toEqual([]);
  });

  it('is not started beside the scheduler that comes back at the same moment', async () => {
    await begin();
    await Promise.all([schedule('10:10:00'), bench.look()]);
    await bench.look();

    expect(started()).toEqual(['10:05:00', '10:10:00']);
  });

  it('is judged by trigger: what another trigger started does not hide it', async () => {
    await begin();
    foreign('10:05:01');
    foreign('10:10:20', { trigger: { type: 'manual' } });
    await bench.look();

    expect(started()).toEqual(['10:10:00']);
  });

  it.each([
    ['younger than the tolerance', { 'scheduler.compensationJob.toleranceMs': 41_000 }, ['10:00:00', '10:05:00']],
    ['older than the window', { 'scheduler.compensationJob.windowMs': 2 * MINUTE }, ['10:10:00']],
  ])('is left alone when it is %s', async (_what, settings, expected) => {
    await begin(settings);
    await bench.look();

    expect(started()).toEqual(expected);
  });

  it('counts in the zone of its trigger', async () => {
    await begin({}, pipeline({}, { cronExpression: '0 5 5 * * ?', timeZone: 'America/New_York' }));
    await bench.look();

    expect(started()).toEqual(['10:05:00']);
  });

  it.each([
    ['disabled pipeline', pipeline({ disabled: true })],
    ['disabled trigger', pipeline({}, { enabled: false })],
    ['trigger of another type', pipeline({}, { type: 'webhook' })],
    ['invalid expression', pipeline({}, { cronExpression: '0 0 25 * * ?' })],
    ['expression that is never due', pipeline({}, { cronExpression: '0 0 10 3 3 ? 1995' })],
  ])('does not exist for a %s, and others go on', async (_what, other) => {
    await begin({}, { ...other, id: 'other' }, pipeline());
    foreign('10:05:02');
    await bench.look();

    expect(world.posted.map(({ id }) => id)).toEqual(['p']);
  });
});

describe('a slot with a start', () => {
  it.each([
    ['of this Echo', () => schedule('10:10:00')],
    ['that waits in orca', () => Promise.resolve(foreign('10:10:01', { status: 'NOT_STARTED', startTime: undefined }))],
    ['of the original', () => Promise.resolve(foreign('10:10:03'))],
  ])('is let be: one %s', async (_what, make) => {
    await begin();
    foreign('10:05:02');
    await make();
    const before = world.posted.length;
    await bench.look();

    expect(world.posted).toHaveLength(before);
  });

  it('of which there is another one later still is the one that was missed', async () => {
    await begin();
    foreign('10:10:01');
    await bench.look();

    expect(started()).toEqual(['10:05:00']);
  });

  it('is not asked for twice', async () => {
    await begin();
    await schedule('10:05:00');
    await schedule('10:10:00');
    await bench.look();
    await bench.look();

    expect(world.asked).toEqual(['ids 2']);
  });

  it('that was held back on purpose was not missed', async () => {
    await begin({ 'scheduler.triggers.enabled': false });
    await schedule('10:10:00');
    foreign('10:05:02');
    await bench.look();

    expect(world.posted).toEqual([]);
    expect(await shownBy(bench.slots)).toContainEqual({ value: 1, verdict: 'suppressed' });
  });
});

describe('a start that came to nothing', () => {
  it('is made again when orca refused for longer than the retries last, until it succeeds', async () => {
    await begin();
    foreign('10:05:02');
    world.broken = { posts: true };
    await schedule('10:10:00');
    await bench.look();
    expect(started()).toEqual(['10:10:00', '10:10:00']);

    world.broken = {};
    await world.clock.advance(MINUTE);
    await bench.look();
    await bench.look();

    expect(started()).toEqual(['10:10:00', '10:10:00', '10:10:00']);
    expect(new Set(world.posted.map(({ executionId }) => executionId)).size).toBe(3);
    expect(world.store.executions.filter(({ id }) => !id.startsWith('foreign'))).toHaveLength(1);
  });

  it('cannot be redriven any more once its slot was started again', async () => {
    await begin();
    foreign('10:05:02');
    world.broken = { posts: true };
    await schedule('10:10:00');
    const [dead] = await bench.outbox.list({ state: 'dead' }, 1);
    world.broken = {};
    await bench.look();

    expect(await bench.outbox.redrive([dead?.id ?? ''], 'ann')).toBe(0);
    expect(started()).toEqual(['10:10:00', '10:10:00']);
  });

  it('is not made again when it was redriven as compensation was about to, nor when somebody discarded it', async () => {
    await begin();
    world.broken = { posts: true };
    for (const time of ['10:05:00', '10:10:00']) await schedule(time);
    const dead = new Map((await bench.outbox.list({ state: 'dead' }, 2)).map(({ cause, id }) => [cause.slot, id]));
    world.broken = {};
    await bench.outbox.discard([dead.get(at('10:05:00')) ?? ''], 'not needed', 'ann');
    const { discard } = bench.outbox;
    bench.outbox.discard = async (ids, reason, by) => {
      await bench.outbox.redrive(ids, 'ann');
      return discard.call(bench.outbox, ids, reason, by);
    };
    await bench.look();

    expect(started()).toEqual(['10:05:00', '10:10:00', '10:10:00']);
    expect(new Set(world.posted.map(({ executionId }) => executionId)).size).toBe(2);
  });

  it('is made again at every look while its slot is in the window', async () => {
    await begin();
    foreign('10:05:02');
    world.broken = { posts: true };
    await schedule('10:10:00');
    for (let i = 0; i < 3; i++) await bench.look();
    expect(world.posted).toHaveLength(4);

    await world.clock.advance(10 * MINUTE);
    bench.refresh();
    await bench.look();
    expect(world.posted).toHaveLength(4);
  });

  it('had reached orca all the same, and is not made again', async () => {
    await begin();
    foreign('10:05:02');
    world.broken = { posts: true };
    await schedule('10:10:00');
    world.store.start(world.posted[0] as never);
    world.broken = {};
    await bench.look();

    expect(world.posted).toHaveLength(1);
  });

  it('is made again when orca has lost its execution; that it cannot be seen in a list does not say so', async () => {
    await begin();
    foreign('10:05:02');
    await schedule('10:10:00');
    const [id = ''] = world.posted.map(({ executionId }) => executionId);
    world.hidden.add(id);
    await bench.look();
    expect(world.posted).toHaveLength(1);

    world.store.executions.splice(
      world.store.executions.findIndex((one) => one.id === id),
      1,
    );
    const other = new CompensationBench(world, bench.outbox).refresh(pipeline());
    await other.look();
    expect(started()).toEqual(['10:10:00', '10:10:00']);
  });
});

describe('a trigger that is younger than the slot', () => {
  const fresh = (updateTs?: string): Pipeline => {
    world = new CompensationWorld(NOW);
    bench = new CompensationBench(world);
    const read = pipeline();
    if (updateTs !== undefined) bench.notes.note(read, { updateTs: String(at(updateTs)) });
    bench.refresh(read);
    return read;
  };

  it('starts nothing: its pipeline was saved later', async () => {
    fresh('10:07:00');
    foreign('10:02:00', { trigger: { id: 'other' } });
    await bench.look();

    expect(started()).toEqual(['10:10:00']);
    expect(await shownBy(bench.slots)).toContainEqual({ value: 1, verdict: 'too-young' });
  });

  it('is taken for as old as what it has started, whenever its pipeline was saved', async () => {
    fresh('10:10:20');
    foreign('10:00:01');
    await bench.look();

    expect(started()).toEqual(['10:05:00', '10:10:00']);
  });

  it('starts nothing where nobody says when it was saved and its pipeline never ran', async () => {
    fresh();
    await bench.look();
    expect(started()).toEqual([]);

    foreign('10:04:00', { trigger: { type: 'manual' } });
    await bench.look();
    expect(started()).toEqual(['10:05:00', '10:10:00']);
  });

  it('starts nothing when it came while Echo was up', async () => {
    await begin();
    foreign('10:05:02');
    foreign('10:10:02');
    const young = { ...pipeline({ id: 'young' }), name: 'young' };
    bench.refresh(pipeline(), young);
    await bench.look();

    expect(world.posted).toEqual([]);
  });
});

describe('when orca cannot say', () => {
  it('nothing is started; the next look does it', async () => {
    await begin();
    world.broken = { questions: true };
    await bench.look();
    expect(world.posted).toEqual([]);
    expect(log.at('warn').at(-1)).toContain('of 2 orca could not say');

    world.broken = {};
    await bench.look();
    expect(started()).toEqual(['10:05:00', '10:10:00']);
  });

  it('how far back an answer reaches, nothing older is started', async () => {
    await begin();
    for (let i = 0; i < 12; i++) foreign(`10:07:${10 + i}`, { trigger: { type: 'manual' } });
    await bench.look();

    expect(started()).toEqual(['10:10:00']);
  });

  it('its answers come by as many pipelines as are wanted at once', async () => {
    const pipelines = ['a', 'b', 'c'].map((id) => pipeline({ id }));
    await begin({ 'scheduler.compensationJob.pipelineFetchSize': 2 }, ...pipelines);
    await bench.look();

    expect(world.asked).toEqual(['ids 2', 'ids 2', 'ids 2', 'latest a,b 12', 'latest c 12']);
  });
});

describe('a storm', () => {
  const EVERY_SECOND = pipeline({}, { cronExpression: '* * * * * ?' });

  it('does not come: a look starts so many, the oldest first, spread out, and says what it leaves', async () => {
    const settings = {
      'scheduler.compensationJob.windowMs': 120_000,
      'scheduler.compensationJob.maxStartsPerRun': 50,
      'scheduler.compensationJob.spreadMs': 10_000,
    };
    await begin(settings, EVERY_SECOND);
    await bench.look();
    expect(log.at('warn').at(-1)).toContain('50 were missed and are started, 70 are left to the next look');
    expect(world.posted.length).toBeLessThan(10);

    await world.clock.advance(10_000);
    expect(world.posted).toHaveLength(50);
    expect([started()[0], started().at(-1)]).toEqual(['10:08:11', '10:09:00']);

    await bench.look();
    await world.clock.advance(10_000);
    expect(new Set(started()).size).toBe(100);
    expect(world.posted).toHaveLength(100);
  });
});
