import { describe, expect, it } from 'vitest';
import { type Held, HandlerBench, pipelineWith } from '../../../../test/support/handler-bench.js';
import { HelmHandler } from './helm.handler.js';

const chart = { account: 'account', chart: 'chart', version: '1.0.0', digest: 'digest' };
const trigger = { type: 'helm', account: 'account', version: '1.0.0' };
const bench = new HandlerBench(new HelmHandler());

const eventOf = (content: object | null) => ({ details: { type: 'helm' }, content, eventId: 'E' });
const hold = (changes: object, ...triggers: object[]): Promise<Held> =>
  bench.hold(eventOf({ ...chart, ...changes }), ...triggers);

describe('a new version of a chart', () => {
  it('starts the pipeline with the chart as its artifact', async () => {
    const { started, tags } = await hold({}, { ...trigger, artifactName: 'other' });

    expect(started).toMatchObject([
      { type: 'helm', artifactName: 'chart', version: '1.0.0', digest: 'digest', eventId: 'E' },
    ]);
    expect(started[0]?.received).toEqual([
      {
        type: 'helm/chart',
        name: 'chart',
        version: '1.0.0',
        reference: 'account',
        customKind: false,
        metadata: { digest: 'digest' },
      },
    ]);
    expect(tags).toEqual([{ monitor: 'HelmEventHandler', application: 'application' }]);
  });

  it.each([
    ['1.0.0', null],
    ['1.0.0', ''],
    ['1.0.0', ' \t'],
    ['1.0.1', '~1.0.0'],
    ['1.0.1', ' ^1.0.0 '],
    ['1.1.0', '^1.0.0'],
    ['1.0.0', '1.0.0'],
    ['abc', null],
  ])('%s is in the range %j (core.md §10, tests 219 to 224)', async (version, range) => {
    expect((await hold({ version }, { ...trigger, version: range })).started).toMatchObject([{ version }]);
  });

  it.each([
    ['1.1.0', '~1.0.0', 'version: ~1.0.0 | 1.1.0'],
    ['1.0.1', '1.0.0', 'version: 1.0.0 | 1.0.1'],
    ['abc', '*', 'version: * | abc, which is no version'],
  ])('%s is not in the range %s (tests 225, 226)', async (version, range, rejection) => {
    const { started, rejections, faults } = await hold({ version }, { ...trigger, version: range });

    expect([started, rejections, faults]).toEqual([[], [rejection], []]);
  });

  it('rejects a trigger whose range cannot be understood, by name, and starts the others', async () => {
    const { started, rejections, faults } = await hold({}, { ...trigger, version: '>=1.0.0, <2.0.0' }, trigger);

    expect(started).toHaveLength(1);
    expect(rejections).toHaveLength(1);
    expect(faults).toEqual(['version: the version range >=1.0.0, <2.0.0 cannot be understood']);
  });

  it('starts each pipeline that waits for it (test 227)', async () => {
    const pipelines = ['A', 'B'].map((id) => pipelineWith([trigger], { id }));

    expect((await bench.holdAgainst(eventOf(chart), ...pipelines)).started).toHaveLength(2);
  });

  it.each([{ enabled: false }, { type: 'jenkins' }, { account: 'FAKE' }, { account: null }])(
    'starts no trigger with %j (tests 228 to 231)',
    async (bad) => {
      expect((await hold({}, { ...trigger, ...bad })).started).toEqual([]);
    },
  );
});

describe('a helm event', () => {
  it.each([{ chart: '' }, { version: null }, { digest: '' }])('with %j starts nothing', async (changes) => {
    expect(await hold(changes, { ...trigger, version: null })).toMatchObject({ started: [], unusable: undefined });
  });

  it('has to have content', async () => {
    expect((await bench.hold(eventOf(null), trigger)).unusable).toBe('content: missing');
  });
});
