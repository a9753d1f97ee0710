import { describe, expect, it } from 'vitest';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { PipelineNotes, readPipeline } from '../../pipelines/index.js';
import { CronTriggers } from '../cron-triggers.js';
import { slotStart } from '../slot-start.js';
import { Timetable } from '../timetable.js';
import { policyConfig } from './policy.config.js';
import { SlotPolicy } from './slot-policy.js';

const AT = Date.parse('2026-12-24T12:00:00Z');
const FREEZE = policyConfig.calendars.schema.parse([
  { name: 'xmas', applications: ['shop'], windows: [{ date: '2026-12-24' }] },
  { name: 'audit', labels: ['team:pay'], windows: [{ from: '2026-12-24', to: '2026-12-31' }] },
]);

function policyWith(settings: Record<string, unknown>, trigger: object = {}, application = 'app') {
  const given = new TestSettings({ 'scheduler.cron.timezone': 'UTC', ...settings });
  const [timetable, notes] = [new Timetable(given), new PipelineNotes()];
  const raw = { application, name: 'p', id: 'p', tags: [{ name: 'team', value: 'pay' }] };
  const pipeline = readPipeline({
    ...raw,
    triggers: [{ type: 'cron', enabled: true, cronExpression: '0 0 12 * * ?', ...trigger }],
  });
  const { usable, unusable } = new CronTriggers(timetable).of(pipeline);
  const [read] = usable;
  if (!read) throw new Error(unusable[0]?.reason);
  const slot = { trigger: read, at: AT };
  const policy = new SlotPolicy(given, timetable, notes);
  const applied = () => policy.applied(slotStart(slot, pipeline), slot, pipeline);
  return { policy, slot, given, notes, raw, pipeline, applied };
}

describe('the overlap of runs', () => {
  it('is allowed by default: the start is as it was', () => {
    const { applied, slot, pipeline } = policyWith({});

    expect(applied()).toEqual(slotStart(slot, pipeline));
  });

  it.each([
    ['skip', undefined, { skipIfRunning: true }],
    ['allow', 'skip', { skipIfRunning: true }],
    ['buffer-one', undefined, { pipeline: { limitConcurrent: true, keepWaitingPipelines: false } }],
    ['skip', 'Buffer-One', { pipeline: { limitConcurrent: true, keepWaitingPipelines: false } }],
  ])('with %s, and %s in the trigger', (byDefault, overlapPolicy, expected) => {
    const { applied } = policyWith({ 'scheduler.overlapPolicy': byDefault }, { overlapPolicy });

    expect(applied()).toMatchObject(expected);
  });

  it('a trigger that wants something unknown cannot be used', () => {
    expect(() => policyWith({}, { overlapPolicy: 'sometimes' })).toThrow("there is no overlapPolicy 'sometimes'");
  });
});

describe('a freeze', () => {
  it('holds back whom it is for, with its name and end', () => {
    expect(policyWith({ 'scheduler.calendars': FREEZE }, {}, 'shop').applied()).toMatchObject({
      heldBackBy: 'held by freeze xmas until 2026-12-25T00:00:00.000Z',
    });
    expect(policyWith({ 'scheduler.calendars': FREEZE }).applied()).not.toHaveProperty('heldBackBy');
  });

  it('holds back by the labels of the pipeline, which may change', () => {
    const { applied, notes, pipeline, raw } = policyWith({ 'scheduler.calendars': FREEZE });
    notes.note(pipeline, raw);

    expect(applied().heldBackBy).toBe('held by freeze audit until 2026-12-31T00:00:00.000Z');
  });

  it('comes and goes with the setting, and what is wrong with it is said once', () => {
    const log = RecordedLog.start();
    const { applied, given } = policyWith({}, {}, 'shop');
    expect(applied().heldBackBy).toBeUndefined();

    const broken = { name: 'odd', applications: [], labels: [], windows: [{ date: '2026-02-30' }] };
    given.set('scheduler.calendars', [...FREEZE, broken]);

    expect(applied().heldBackBy).toContain('xmas');
    expect(applied().heldBackBy).toContain('xmas');
    expect(log.at('error')).toEqual([
      `scheduler.calendars: calendar 'odd': the window {"date":"2026-02-30"} holds nothing back`,
    ]);
  });

  it('is not what holds back a slot that is held back already', () => {
    const { policy, slot, pipeline } = policyWith({ 'scheduler.calendars': FREEZE }, {}, 'shop');

    expect(policy.applied({ ...slotStart(slot, pipeline), heldBackBy: 'paused' }, slot, pipeline).heldBackBy).toBe(
      'paused',
    );
  });
});

describe('jitter', () => {
  it('delays the starts of a trigger, always by the same time below it', () => {
    const { policy, slot } = policyWith({ 'scheduler.jitterMs': 60_000 });
    const delay = policy.goesOutAt(slot) - AT;

    expect(delay).toBeGreaterThan(0);
    expect(delay).toBeLessThan(60_000);
    expect(policy.goesOutAt({ ...slot, at: AT + 1000 })).toBe(AT + 1000 + delay);
  });

  it('spreads triggers', () => {
    const { policy } = policyWith({ 'scheduler.jitterMs': 10_000 });
    const delays = Array.from({ length: 1000 }, (_, i) => policy.delayMs({ key: `trigger ${i}` }));

    expect(Math.min(...delays)).toBeLessThan(500);
    expect(Math.max(...delays)).toBeGreaterThan(9500);
  });

  it.each([
    [{}, {}],
    [{ 'scheduler.jitterMs': 60_000 }, { jitterMs: 0 }],
  ])('is none with %j and %j in the trigger', (settings, trigger) => {
    const { policy, slot } = policyWith(settings, trigger);

    expect(policy.goesOutAt(slot)).toBe(AT);
  });
});
