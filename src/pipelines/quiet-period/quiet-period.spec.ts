import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { counterOf, shownBy } from '../../../test/support/metrics.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { pipelinesMetrics } from '../pipelines.metrics.js';
import { QuietPeriod } from './quiet-period.js';

const START = '2018-01-01T00:00:00Z';
const END = '2018-02-01T00:00:00Z';
const WITHIN = '2018-01-19T00:00:00Z';

let log: RecordedLog;
let settings: TestSettings;
const tests = counterOf(pipelinesMetrics.quietPeriodTests);

function quietPeriodAt(now: string, more: Record<string, unknown> = {}): QuietPeriod {
  settings = new TestSettings({ 'quietPeriod.startIso': START, 'quietPeriod.endIso': END, ...more });
  return new QuietPeriod(settings, new ManualClock(Date.parse(now)), tests);
}

beforeEach(() => {
  log = RecordedLog.start();
  tests.reset();
});

describe('the quiet period', () => {
  it('is off with its flag (core.md §10, test 17)', () => {
    expect(quietPeriodAt(WITHIN, { 'quietPeriod.enabled': false }).status()).toMatchObject({
      enabled: false,
      inQuietPeriod: false,
      startTime: Date.parse(START),
    });
  });

  it.each(['quietPeriod.startIso', 'quietPeriod.endIso'])('is off without %s', (key) => {
    expect(quietPeriodAt(WITHIN, { [key]: '' }).status().enabled).toBe(false);
    expect(log.lines).toEqual([]);
  });

  it.each([
    ['quietPeriod.startIso', 'flarg', 'startTime'],
    ['quietPeriod.endIso', 'flarg', 'endTime'],
    ['quietPeriod.endIso', 'flarg 1', 'endTime'],
    ['quietPeriod.endIso', '2018-02-01', 'endTime'],
    ['quietPeriod.endIso', '2018-02-01T00:00:00', 'endTime'],
    ['quietPeriod.endIso', '2018-02-30T00:00:00Z', 'endTime'],
  ] as const)('is off when %s says %s, which is told once (core.md §10, tests 18, 19)', (key, text, member) => {
    const quietPeriod = quietPeriodAt(WITHIN, { [key]: text });

    expect(quietPeriod.status()).toMatchObject({ enabled: false, inQuietPeriod: false, [member]: -1 });
    quietPeriod.status();
    expect(log.at('warn')).toEqual([
      `${key}: '${text}' is no instant such as 2020-02-09T21:00:00Z, so there is no quiet period`,
    ]);
  });

  it('is off when it begins at or before 1970', () => {
    expect(quietPeriodAt(WITHIN, { 'quietPeriod.startIso': '1970-01-01T00:00:00Z' }).status().enabled).toBe(false);
  });

  it.each([
    ['2000-01-01T00:00:00Z', false],
    ['2017-12-31T23:59:59.999Z', false],
    [START, true],
    [WITHIN, true],
    [END, true],
    ['2018-02-01T00:00:00.001Z', false],
    ['2019-01-01T00:00:00Z', false],
  ])('at %s holds: %s (core.md §10, test 20)', (now, holds) => {
    expect(quietPeriodAt(now).status()).toEqual({
      enabled: true,
      inQuietPeriod: holds,
      startTime: Date.parse(START),
      endTime: Date.parse(END),
    });
  });

  it('takes a time with an offset', () => {
    const status = quietPeriodAt(WITHIN, { 'quietPeriod.startIso': '2018-01-01T01:00:00+01:00' }).status();

    expect(status.startTime).toBe(Date.parse(START));
  });

  it('can be changed while running', () => {
    const quietPeriod = quietPeriodAt(WITHIN);
    settings.set('quietPeriod.endIso', '2018-01-10T00:00:00Z');

    expect(quietPeriod.status().inQuietPeriod).toBe(false);
  });

  it('counts how often it was looked at', async () => {
    quietPeriodAt(WITHIN).status();
    quietPeriodAt(WITHIN).suppresses('cron');
    quietPeriodAt('2000-01-01T00:00:00Z').status();

    expect(await shownBy(tests)).toEqual([
      { value: 2, result: 'true' },
      { value: 1, result: 'false' },
    ]);
  });
});

describe('a type of triggers', () => {
  const listed = { 'quietPeriod.suppressedTriggerTypes': ['inTheList'] };

  it.each([
    ['notInTheList', false],
    ['inTheList', true],
    ['inthelist', true],
  ])('is held back if it is listed, ignoring case: %s %s (core.md §10, test 21)', (type, held) => {
    expect(quietPeriodAt(WITHIN, listed).suppresses(type)).toBe(held);
  });

  it('is not held back outside the period, nor when none is listed', () => {
    expect(quietPeriodAt('2019-01-01T00:00:00Z', listed).suppresses('inTheList')).toBe(false);
    expect(quietPeriodAt(WITHIN).suppresses('inTheList')).toBe(false);
  });
});
