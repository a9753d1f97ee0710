import { describe, expect, it } from 'vitest';
import { HandlerBench, pipelineWith } from '../../../../test/support/handler-bench.js';
import { DockerHandler } from './docker.handler.js';

const image = { account: 'account', registry: 'registry', repository: 'repository', tag: 'tag', digest: 'sha123' };
const trigger = { type: 'docker', account: 'account', repository: 'repository', tag: 'tag' };
const bench = new HandlerBench(new DockerHandler());

const eventOf = (content: object | null) => ({ details: { type: 'docker' }, content, eventId: 'E' });
const hold = (changes: object, ...triggers: object[]) => bench.hold(eventOf({ ...image, ...changes }), ...triggers);

describe('a new tag of an image', () => {
  it('starts the pipeline with the image as its artifact (core.md §10, tests 107 to 109)', async () => {
    const { started, tags } = await hold({}, { ...trigger, buildNumber: 3, hash: 'h' });

    expect(started).toMatchObject([{ type: 'docker', account: 'account', tag: 'tag', digest: 'sha123', eventId: 'E' }]);
    expect(started[0]).not.toHaveProperty('buildNumber');
    expect(started[0]).not.toHaveProperty('hash');
    expect(started[0]?.received).toEqual([
      {
        type: 'docker/image',
        name: 'registry/repository',
        version: 'tag',
        reference: 'registry/repository:tag',
        customKind: false,
        metadata: {},
      },
    ]);
    expect(tags).toEqual([{ monitor: 'DockerEventHandler', application: 'application' }]);
  });

  it('takes the place of a configured digest even without one of its own', async () => {
    const { started } = await hold({ digest: null, registry: null }, { ...trigger, digest: 'old' });

    expect(started[0]).not.toHaveProperty('digest');
    expect(started[0]?.received?.[0]?.reference).toBe('null/repository:tag');
  });

  it('starts each pipeline that waits for it (test 110)', async () => {
    const { started } = await bench.holdAgainst(
      eventOf(image),
      pipelineWith([trigger], { id: 'A' }),
      pipelineWith([trigger], { id: 'B' }),
    );

    expect(started).toHaveLength(2);
  });

  it('starts neither switched-off triggers and pipelines nor triggers of another type (tests 111, 112)', async () => {
    const held = await bench.holdAgainst(
      eventOf(image),
      pipelineWith([trigger], { disabled: true }),
      pipelineWith([
        { ...trigger, enabled: false },
        { ...trigger, type: 'jenkins' },
      ]),
    );

    expect(held.started).toEqual([]);
    expect(held.rejections).toEqual(['pipeline enabled: true | false', 'trigger enabled: true | false']);
  });

  it.each([{ account: 'notRegistry' }, { repository: 'notRepository' }, { account: null }, { repository: null }])(
    'starts only the good one beside a trigger with %j (tests 113 to 117)',
    async (bad) => {
      const { started, rejections } = await hold({}, { ...trigger, ...bad }, trigger);

      expect(started).toHaveLength(1);
      expect(rejections).toEqual([]);
    },
  );

  it.each([
    ['\\d+', '2'],
    [' \\d+ ', '2'],
    ['', '2'],
    [' \t', '2'],
    [null, '2'],
    ['latest', 'latest'],
  ])('matches the tag pattern %j with %s (tests 118 to 120)', async (pattern, tag) => {
    expect((await hold({ tag }, { ...trigger, tag: pattern })).started).toMatchObject([{ tag }]);
  });

  it.each([
    ['\\d+', 'tag', 'tag: \\d+ | tag'],
    ['ta', 'tag', 'tag: ta | tag'],
    ['', 'latest', 'tag: any tag but latest | latest'],
  ])('does not match %j with %s (test 121)', async (pattern, tag, rejection) => {
    expect(await hold({ tag }, { ...trigger, tag: pattern })).toMatchObject({ started: [], rejections: [rejection] });
  });

  it('rejects a trigger whose pattern is invalid, by name, and starts the others', async () => {
    const { started, rejections, faults } = await hold({}, { ...trigger, tag: 'ta[' }, trigger);

    expect(started).toHaveLength(1);
    expect(rejections).toHaveLength(1);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^tag: the pattern ta\[ is invalid: /);
  });
});

describe('a docker event', () => {
  it.each([{ tag: '' }, { tag: null }])('with %j starts nothing', async (changes) => {
    expect(await hold(changes, trigger)).toMatchObject({ started: [], rejections: [], unusable: undefined });
  });

  it('without content is unusable', async () => {
    expect(await bench.hold(eventOf(null), trigger)).toMatchObject({ started: [], unusable: 'content: missing' });
  });

  it('with a member of the wrong type is unusable', async () => {
    expect((await hold({ tag: 12 }, { ...trigger, tag: '12' })).started).toHaveLength(1);
    await expect(hold({ tag: [] }, trigger)).rejects.toThrow('content.tag: expected a text, got a list');
  });

  it('is one by its type in any case', () => {
    expect(['docker', 'DOCKER', 'helm/oci', ''].map((type) => new DockerHandler().accepts(type))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('tells news by account, repository, tag and digest', () => {
    const handler = new DockerHandler();
    const news = (changes: object) => handler.newsKey({ ...image, ...changes });

    expect(news({ registry: 'other' })).toBe(news({}));
    for (const member of ['account', 'repository', 'tag', 'digest']) expect(news({ [member]: 'x' })).not.toBe(news({}));
  });
});
