import { describe, expect, it } from 'vitest';
import { HandlerBench } from '../../../../test/support/handler-bench.js';
import { HelmOciHandler } from './helm-oci.handler.js';

const image = { account: 'account', registry: 'docker.io', repository: 'library/nginx', tag: '1.19', digest: 'sha' };
const trigger = { type: 'helm/oci', account: 'account', repository: 'library/nginx' };
const bench = new HandlerBench(new HelmOciHandler());

const hold = (changes: object, ...triggers: object[]) =>
  bench.hold({ details: { type: 'helm/oci' }, content: { ...image, ...changes }, eventId: 'E' }, ...triggers);

describe('a new tag of a chart in an image registry (newer.md §2)', () => {
  it.each([
    ['docker.io', 'library/nginx', '1.19'],
    ['registry.example.com', 'charts/nginx', '1.0.0'],
  ])('starts the pipeline with the chart as its artifact: %s/%s:%s', async (registry, repository, tag) => {
    const { started, tags } = await hold({ registry, repository, tag }, { ...trigger, repository, tag: '1\\..*' });

    expect(started).toMatchObject([{ type: 'helm/oci', tag, digest: 'sha', eventId: 'E' }]);
    expect(started[0]?.received).toEqual([
      {
        type: 'helm/image',
        name: `${registry}/${repository}`,
        version: tag,
        reference: `${registry}/${repository}:${tag}`,
        customKind: false,
        metadata: {},
      },
    ]);
    expect(tags).toEqual([{ monitor: 'HelmOciEventHandler', application: 'application' }]);
  });

  it.each([{ account: 'other' }, { repository: 'other' }, { account: null }, { repository: null }, { type: 'docker' }])(
    'starts only the good one beside a trigger with %j',
    async (bad) => {
      expect((await hold({}, { ...trigger, ...bad }, trigger)).started).toHaveLength(1);
    },
  );

  it('takes any tag but latest where the trigger says none', async () => {
    expect((await hold({ tag: 'latest' }, trigger)).rejections).toEqual(['tag: any tag but latest | latest']);
    expect((await hold({ tag: '' }, trigger)).started).toEqual([]);
  });
});
