import { Histogram, Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { counterOf, gaugeOf, totalOf } from '../../../test/support/metrics.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { Bus } from '../../events/index.js';
import type { Outbox } from '../../outbox/index.js';
import { type Pipeline, type TriggerInvalid, readPipeline } from '../../pipelines/index.js';
import { CronTriggers, Timetable } from '../../slots/index.js';
import { MemorySlotLedger } from '../../slots/memory/memory-slot-ledger.js';
import { MemoryTriggerStore } from '../memory/memory-trigger-store.js';
import { schedulerMetrics } from '../scheduler.metrics.js';
import { SyncGauges } from './sync-gauges.js';
import { SyncReport } from './sync-report.js';
import { SyncRun } from './sync-run.js';

const pipeline = (id: string, cronExpression: string): Pipeline =>
  readPipeline({ application: 'app', name: id, id, triggers: [{ type: 'cron', enabled: true, cronExpression }] });

const { triggers, added, updated, removed, failedRemovals, failedUpdates, syncErrors, syncAge } = schedulerMetrics;
const gauges = {
  triggers: gaugeOf(triggers),
  added: gaugeOf(added),
  updated: gaugeOf(updated),
  removed: gaugeOf(removed),
  failedRemovals: gaugeOf(failedRemovals),
  failedUpdates: gaugeOf(failedUpdates),
};
const errors = counterOf(syncErrors);
const age = gaugeOf(syncAge);

let log: RecordedLog;
let told: TriggerInvalid[];
let store: MemoryTriggerStore;
let clock: ManualClock;
let run: SyncRun;

beforeEach(() => {
  log = RecordedLog.start();
  told = [];
  errors.reset();
  clock = new ManualClock();
  const settings = new TestSettings();
  const timetable = new Timetable(settings);
  store = new MemoryTriggerStore({} as Outbox, new MemorySlotLedger(settings));
  const bus = { publish: (_fact: unknown, payload: TriggerInvalid) => told.push(payload) } as unknown as Bus;
  const { name, help } = schedulerMetrics.syncTime;
  const time = new Histogram({ name, help, registers: [new Registry()] });
  const shown = new SyncGauges(
    gauges.triggers,
    gauges.added,
    gauges.updated,
    gauges.removed,
    gauges.failedRemovals,
    gauges.failedUpdates,
  );
  const report = new SyncReport(bus, clock, shown, errors, time, age);
  report.onModuleInit();
  run = new SyncRun(store, new CronTriggers(timetable), timetable, clock, report);
});

const sync = (...pipelines: Pipeline[]): Promise<void> => run.sync({ pipelines, skipped: [], loadedAt: clock.now() });
const shown = async (): Promise<number[]> =>
  Promise.all([gauges.triggers, gauges.added, gauges.removed, gauges.failedUpdates].map(totalOf));

describe('a sync', () => {
  it('shows what it changed', async () => {
    await sync(pipeline('a', '0 0 12 * * ?'), pipeline('b', '0 0 12 * * ?'));
    expect(await shown()).toEqual([2, 2, 0, 0]);

    await sync(pipeline('a', '0 0 12 * * ?'));
    expect(await shown()).toEqual([1, 0, 1, 0]);
  });

  it('tells once of a trigger that cannot be used, by application, pipeline and text, until it is edited', async () => {
    const bad = pipeline('bad', '0 0 25 * * ?');
    await sync(bad, pipeline('good', '0 0 12 * * ?'));
    await sync(bad);

    expect(told).toMatchObject([{ application: 'app', pipelineName: 'bad', triggerType: 'cron' }]);
    expect(log.at('error')).toEqual([expect.stringMatching(/app:bad \(bad\) cannot be used: .*'0 0 25 \* \* \?'/)]);
    expect(await totalOf(gauges.failedUpdates)).toBe(1);
    await sync(pipeline('bad', '0 0 26 * * ?'));
    expect(told).toHaveLength(2);
  });

  it('names a trigger that will never fire, and does not count it as failed', async () => {
    await sync(pipeline('past', '0 0 0 1 1 ? 1995'));

    expect(log.at('warn')).toEqual([expect.stringContaining('will never fire')]);
    expect(await totalOf(gauges.failedUpdates)).toBe(0);
  });

  it('counts as an error when it fails as a whole', async () => {
    store.sync = () => Promise.reject(new Error('no database'));

    await expect(sync()).rejects.toThrow('no database');

    expect(await totalOf(errors)).toBe(1);
  });

  it('has an age, which is -1 before the first good one', async () => {
    expect(await totalOf(age)).toBe(-1);
    await sync();
    await clock.advance(5000);
    expect(await totalOf(age)).toBe(5);
  });
});
