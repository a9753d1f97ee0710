import { beforeAll, describe, expect, it } from 'vitest';
import { WebhookBench } from '../../../../test/support/webhook-bench.js';
import { BitbucketSource } from './bitbucket.source.js';

let bench: WebhookBench;

beforeAll(async () => {
  bench = await WebhookBench.with(BitbucketSource);
});

const added = (event: string, body: object): object => bench.added('git/bitbucket', body, { 'x-event-key': event });
const reading = (event: string, body: object): object => bench.read('git/bitbucket', body, { 'x-event-key': event });

describe('Bitbucket Cloud', () => {
  const repository = { full_name: 'w/s', owner: { username: 'w' }, project: { key: 'P' } };
  const change = { new: { name: 'b' }, commits: [{ hash: 'H' }, { hash: 'older' }] };

  it('tells of a push; the slug has the workspace in it (edges.md §9, test 16)', () => {
    expect(added('repo:push', { repository, push: { changes: [change, {}] } })).toEqual({
      event_type: 'repo:push',
      repoProject: 'w',
      slug: 'w/s',
      hash: 'H',
      branch: 'b',
      action: 'repo:push',
      artifacts: [],
    });
  });

  it('tells of a merged pull request (test 14)', () => {
    const pullrequest = { merge_commit: { hash: 'M' }, destination: { branch: { name: 'master' } } };

    expect(added('pullrequest:fulfilled', { repository, pullrequest })).toMatchObject({
      repoProject: 'w',
      hash: 'M',
      branch: 'master',
      action: 'pullrequest:fulfilled',
    });
  });

  it.each([
    [
      'the project where the owner has no user name (tests 15 and 17)',
      { full_name: 'w/s', project: { key: 'P' } },
      'P',
    ],
    ['nobody', { full_name: 'w/s' }, ''],
  ])('names %s', (_what, repo, repoProject) => {
    expect(added('repo:push', { repository: repo, push: { changes: [] } })).toMatchObject({
      repoProject,
      hash: '',
      branch: '',
    });
  });

  it.each([
    ['a push without changes', { repository, push: {} }, 'changes: expected a list, got nothing'],
    ['a change without commits', { repository, push: { changes: [{ new: null }] } }, 'commits: expected a list'],
    ['no repository', { push: { changes: [change] } }, 'repository.full_name: expected a text, got nothing'],
  ])('is not understood: %s', (_what, body, reason) => {
    expect(reading('repo:push', body)).toMatchObject({
      kind: 'unclear',
      reason: expect.stringContaining(reason) as string,
    });
  });
});

describe('Bitbucket Server', () => {
  const repository = { name: 'repository', slug: 'repository', project: { key: 'PROJ' } };
  const ref = (name: string, latestCommit: string) => ({ id: `refs/heads/${name}`, latestCommit, repository });
  const pullRequest = {
    fromRef: ref('feature', 'F'),
    toRef: ref('main', 'T'),
    properties: { mergeCommit: { id: 'M' } },
  };

  it('tells of a push (test 4)', () => {
    const changes = [{ ref: { id: 'refs/heads/master' }, toHash: 'H' }];

    expect(added('repo:refs_changed', { repository, changes })).toEqual({
      event_type: 'repo:refs_changed',
      repoProject: 'PROJ',
      slug: 'repository',
      hash: 'H',
      branch: 'master',
      action: 'repo:refs_changed',
      artifacts: [],
    });
  });

  it('tells of a merged pull request on the branch that it went into (test 5)', () => {
    expect(added('pr:merged', { pullRequest })).toMatchObject({
      action: 'pr:merged',
      repoProject: 'PROJ',
      slug: 'repository',
      hash: 'M',
      branch: 'main',
    });
  });

  it.each(['pr:opened', 'pr:from_ref_updated', 'pr:declined', 'pr:deleted'])(
    'tells of %s on the branch that it comes from (tests 32 to 37)',
    (action) => {
      expect(added(action, { pullRequest })).toMatchObject({
        action,
        repoProject: 'PROJ',
        slug: 'repository',
        hash: 'F',
        branch: 'feature',
      });
    },
  );

  it('never fills in what an earlier event had', () => {
    added('pr:opened', { pullRequest });

    expect(added('pr:opened', { pullRequest: {} })).toMatchObject({ repoProject: '', slug: '', hash: '', branch: '' });
    expect(added('repo:refs_changed', { repository, changes: [] })).toMatchObject({ hash: '', branch: '' });
  });

  it('tells of a deleted branch to nobody', () => {
    const changes = [{ ref: { id: 'refs/heads/b' }, toHash: '0'.repeat(40) }];

    expect(reading('repo:refs_changed', { repository, changes })).toMatchObject({ kind: 'none' });
  });

  it.each([
    ['pr:merged', {}, 'pullRequest: expected an object, got nothing'],
    ['repo:refs_changed', { repository }, 'changes: expected a list, got nothing'],
    ['repo:refs_changed', { repository: {}, changes: [] }, 'project: expected an object, got nothing'],
  ])('is not understood: %s %j', (event, body, reason) => {
    expect(reading(event, body)).toEqual({ kind: 'unclear', reason });
  });
});

describe('another event of Bitbucket', () => {
  it.each(['diagnostics:ping', 'pullrequest:created'])('%s is sent on as it is', (event) => {
    expect(added(event, { a: 1 })).toEqual({ event_type: event, artifacts: [] });
  });

  it('that says by its body of which kind it is counts the same', () => {
    const body = { event_type: 'repo:push', repository: { full_name: 'w/s' }, push: { changes: [] } };

    expect(bench.added('git/bitbucket', body)).toMatchObject({ action: 'repo:push', slug: 'w/s' });
  });

  it('that has no body tests the connection (test 3)', () => {
    expect(bench.read('git/bitbucket', '', { 'x-event-key': 'repo:refs_changed' })).toEqual({
      kind: 'none',
      reason: 'a test of the connection',
    });
  });
});
