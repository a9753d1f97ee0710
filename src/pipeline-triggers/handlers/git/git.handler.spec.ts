import { describe, expect, it } from 'vitest';
import { type Held, HandlerBench, pipelineWith } from '../../../../test/support/handler-bench.js';
import { TestSettings } from '../../../../test/support/test-settings.js';
import { GitHandler } from './git.handler.js';

const handler = new GitHandler(new TestSettings());
const bench = new HandlerBench(handler);

const trigger = { type: 'git', source: 'stash', project: 'project', slug: 'slug' };
const push = { repoProject: 'project', slug: 'slug', hash: 'hash', branch: 'master', action: 'push' };

const eventOf = (content: object | null, details: object = {}) => ({
  details: { type: 'git', source: 'stash', ...details },
  content,
  eventId: 'E',
});
const hold = (changes: object, ...triggers: object[]): Promise<Held> =>
  bench.hold(eventOf({ ...push, ...changes }), ...triggers);

describe('what happens in a Git repository', () => {
  it.each(['stash', 'bitbucket', 'GitHub'])(
    'starts the pipeline: %s (core.md §10, tests 122 to 125)',
    async (source) => {
      const configured = { ...trigger, source: source.toLowerCase(), buildNumber: 3, tag: 't' };

      const { started, tags } = await bench.hold(eventOf(push, { source }), configured, { type: 'jenkins' });

      expect(started).toMatchObject([
        { ...trigger, source: configured.source, hash: 'hash', branch: 'master', action: 'push', eventId: 'E' },
      ]);
      expect(started[0]).toMatchObject({ properties: {}, received: [] });
      expect(started[0]).not.toHaveProperty('buildNumber');
      expect(started[0]).not.toHaveProperty('tag');
      expect(tags).toEqual([{ monitor: 'GitEventHandler', application: 'application' }]);
    },
  );

  it('starts each pipeline that waits for it (test 126)', async () => {
    const pipelines = ['A', 'B'].map((id) => pipelineWith([trigger], { id }));

    expect((await bench.holdAgainst(eventOf(push), ...pipelines)).started).toHaveLength(2);
  });

  it.each([
    { enabled: false },
    { type: 'jenkins' },
    { slug: 'notSlug' },
    { source: 'github' },
    { project: 'notProject' },
    { branch: 'notMaster' },
    { slug: null },
    { project: null },
    { source: null },
  ])('starts only the good one beside a trigger with %j (tests 127 to 144)', async (bad) => {
    expect((await hold({}, { ...trigger, ...bad }, trigger)).started).toHaveLength(1);
  });

  it('is the same repository in upper and lower case', async () => {
    expect((await hold({ repoProject: 'PROJECT', slug: 'Slug' }, trigger)).started).toHaveLength(1);
  });

  it('brings its artifacts', async () => {
    const { started } = await hold({ artifacts: [{ type: 'github/file', name: 'a.txt' }] }, trigger);

    expect(started[0]?.received).toEqual([{ type: 'github/file', name: 'a.txt', customKind: false, metadata: {} }]);
  });

  it.each([
    [
      { number: '42', draft: 'false', state: 'open', title: 'T' },
      { number: 42, draft: false, state: 'open', title: 'T' },
    ],
    [{ number: '', draft: 'null', state: 'open' }, { state: 'open' }],
  ])('of a pull request becomes properties: %j', async (changes, properties) => {
    const configured = { ...trigger, properties: { own: 1 } };

    expect((await hold(changes, configured)).started[0]?.properties).toEqual({ own: 1, ...properties });
  });
});

describe('the branch of a git trigger', () => {
  it.each([
    ['whatever', null],
    ['whatever', ''],
    ['master', 'master'],
    ['ref/origin/master', 'ref/origin/master'],
    ['regex12345', 'regex.*'],
  ])('takes %s for %j (tests 145 to 149)', async (branch, pattern) => {
    expect((await hold({ branch }, { ...trigger, branch: pattern })).started).toMatchObject([{ branch }]);
  });

  it.each([
    ['master', 'featureBranch', 'branch: featureBranch | master'],
    ['regex12345', 'not regex.*', 'branch: not regex.* | regex12345'],
    ['Master', 'master', 'branch: master | Master'],
    [null, 'ma.*', 'branch: ma.* | no branch'],
  ])('does not take %s for %s (tests 150, 151)', async (branch, pattern, rejection) => {
    const { started, rejections } = await hold({ branch }, { ...trigger, branch: pattern });

    expect([started, rejections]).toEqual([[], [rejection]]);
  });

  it('that is no pattern rejects that trigger alone, by name', async () => {
    const { started, rejections, faults } = await hold({}, { ...trigger, branch: '*' }, trigger);

    expect(started).toHaveLength(1);
    expect(rejections).toHaveLength(1);
    expect(faults[0]).toMatch(/^branch: the pattern \* is invalid: /);
  });
});

describe('the events of a git trigger', () => {
  it.each([
    ['pull_request:reopened', ['pull_request:opened', 'pull_request:closed', 'pull_request:reopened']],
    ['push', []],
    ['push', null],
    [null, []],
  ])('take the action %j for %j (tests 164, 165)', async (action, events) => {
    expect((await hold({ action }, { ...trigger, events })).started).toHaveLength(1);
  });

  it.each([
    ['pull_request:reopened', ['pull_request:opened'], 'events: pull_request:opened | pull_request:reopened'],
    ['push:push', ['pull_request:closed'], 'events: pull_request:closed | push:push'],
    [null, ['a', 'b'], 'events: a or b | no action'],
  ])('do not take the action %j for %j (tests 162, 163)', async (action, events, rejection) => {
    expect((await hold({ action }, { ...trigger, events })).rejections).toEqual([rejection]);
  });
});

describe('the properties of a git trigger', () => {
  it('are not overwritten: such a trigger does not start, as in the original', async () => {
    const configured = { ...trigger, properties: { title: 'mine' } };

    expect((await hold({ title: 'T' }, configured)).rejections).toEqual([
      'properties: a trigger without a property title of its own, which the event has | a trigger with one',
    ]);
    expect((await hold({ state: 'open' }, configured)).started).toHaveLength(1);
  });
});

describe('a git event', () => {
  it.each([
    [eventOf(null), 'content: missing'],
    [eventOf(push, { requestHeaders: null }), 'details.requestHeaders: null'],
  ])('is of no use as %j', async (event, unusable) => {
    expect(await bench.hold(event, trigger)).toMatchObject({ started: [], unusable });
  });

  it.each([
    [{ draft: 'maybe' }, "content.draft: expected true or false, got 'maybe'"],
    [{ number: 'x' }, "content.number: expected a whole number, got 'x'"],
    [{ artifacts: {} }, 'content.artifacts: expected a list, got an object'],
  ])('is of no use with %j', async (changes, message) => {
    await expect(hold(changes, trigger)).rejects.toThrow(message);
  });

  it('is one by its type in any case', () => {
    expect(['git', 'GIT', 'webhook'].map((type) => handler.accepts(type))).toEqual([true, true, false]);
  });
});
