import { describe, expect, it } from 'vitest';
import { counter, sizes, timer } from '../../platform/metrics/index.js';
import { PatternCompiler } from '../../platform/regex/index.js';
import { asked } from './filter.js';
import { type ShownMetric, metersOf } from './meters.js';

const NOW = 1_700_000_000_000;
const starts = counter('orca.trigger.success', 'Starts.', ['triggerType']);
const durations = timer('controller.invocations', 'Requests.');
const lengths = sizes('controller.invocations.contentLength', 'Bodies.');
const DECLARED = new Map([starts, durations, lengths].map((metric) => [metric.name, metric]));

const histogram = (name: string, sum: number): ShownMetric => ({
  name,
  type: 'histogram',
  values: [
    { metricName: `${name}_bucket`, value: 1, labels: { le: 5 } },
    { metricName: `${name}_sum`, value: sum, labels: {} },
    { metricName: `${name}_count`, value: 2, labels: {} },
  ],
});

const meters = metersOf(
  [
    {
      name: starts.name,
      type: 'counter',
      values: [
        { value: 3, labels: { triggerType: 'cron' } },
        { value: 4, labels: { triggerType: 'git' } },
      ],
    },
    histogram(durations.name, 0.25),
    histogram(lengths.name, 400),
    { name: 'process_open_fds', type: 'gauge', values: [{ value: 20, labels: {} }] },
    { name: 'never_used_total', type: 'counter', values: [] },
  ],
  DECLARED,
  NOW,
);

const at = (v: number) => [{ t: NOW, v }];

describe('A metric as scrapers of the original see it', () => {
  it('has its original name, and its tags as key and value', () => {
    expect(meters.get('orca.trigger.success')).toEqual({
      kind: 'Counter',
      values: [
        { tags: [{ key: 'triggerType', value: 'cron' }], values: at(3) },
        { tags: [{ key: 'triggerType', value: 'git' }], values: at(4) },
      ],
    });
  });

  it('shows a span as count and nanoseconds in all', () => {
    expect(meters.get('controller.invocations')).toEqual({
      kind: 'Timer',
      values: [
        { tags: [{ key: 'statistic', value: 'totalTime' }], values: at(250_000_000) },
        { tags: [{ key: 'statistic', value: 'count' }], values: at(2) },
      ],
    });
  });

  it('shows sizes as count and amount in all', () => {
    const { kind, values = [] } = meters.get('controller.invocations.contentLength') ?? {};

    expect(kind).toBe('DistributionSummary');
    expect(values[0]).toEqual({ tags: [{ key: 'statistic', value: 'totalAmount' }], values: at(400) });
  });

  it('keeps its name where the original has no such metric, and is left out while it has no value', () => {
    expect(meters.get('process_open_fds')).toEqual({ kind: 'Gauge', values: [{ tags: [], values: at(20) }] });
    expect(meters.has('never_used_total')).toBe(false);
  });
});

describe('A scraper', () => {
  const patterns = new PatternCompiler();
  const namesFor = (query: Parameters<typeof asked>[1]): string[] => Object.keys(asked(meters, query, patterns));

  it('gets what its patterns match from the first to the last character', () => {
    expect(namesFor({ meterNameRegex: 'controller\\..*' })).toHaveLength(2);
    expect(namesFor({ meterNameRegex: 'controller' })).toEqual([]);
    expect(namesFor({ tagNameRegex: 'trigger.*' })).toEqual(['orca.trigger.success']);
    expect(asked(meters, { tagNameRegex: 'triggerType', tagValueRegex: 'git' }, patterns)).toMatchObject({
      'orca.trigger.success': { values: [{ values: at(4) }] },
    });
  });

  it('is told when a pattern is none', () => {
    expect(() => namesFor({ meterNameRegex: '(' })).toThrow(/^meterNameRegex is no regular expression: /);
  });
});
