import { beforeAll, describe, expect, it } from 'vitest';
import { WebhookBench } from '../../../../test/support/webhook-bench.js';
import { AzureSource } from './azure.source.js';

let bench: WebhookBench;

beforeAll(async () => {
  bench = await WebhookBench.with(AzureSource);
});

const repository = { name: 'Fabrikam-Fiber-Git', project: { name: 'Fabrikam' } };
const push = (newObjectId: string) => ({
  eventType: 'git.push',
  publisherId: 'tfs',
  resource: { repository, refUpdates: [{ name: 'refs/heads/master', oldObjectId: 'o', newObjectId }] },
});

describe('Azure DevOps', () => {
  it('tells of a push', () => {
    expect(bench.added('git/azure', push('H'))).toEqual({
      repoProject: 'Fabrikam',
      slug: 'Fabrikam-Fiber-Git',
      hash: 'H',
      branch: 'master',
      action: 'git.push',
      artifacts: [],
    });
  });

  it.each(['git.pullrequest.created', 'git.pullrequest.updated', 'git.pullrequest.merged'])('tells of %s', (action) => {
    const resource = {
      repository,
      pullRequestId: 1,
      status: 'active',
      title: 'T',
      isDraft: false,
      sourceRefName: 'refs/heads/topic',
      targetRefName: 'refs/heads/master',
      lastMergeSourceCommit: { commitId: 'H' },
    };

    expect(bench.added('git/azure', { eventType: action, resource })).toEqual({
      number: '1',
      draft: 'false',
      state: 'active',
      title: 'T',
      repoProject: 'Fabrikam',
      slug: 'Fabrikam-Fiber-Git',
      hash: 'H',
      branch: 'topic',
      action,
      artifacts: [],
    });
  });

  it('tells of a deleted branch to nobody', () => {
    expect(bench.read('git/azure', push('0'.repeat(40)))).toMatchObject({ kind: 'none' });
  });

  it.each([
    [{}, 'eventType: expected a text, got nothing'],
    [{ eventType: 'build.complete' }, 'eventType build.complete: only git.push and git.pullrequest.* start pipelines'],
    [
      { eventType: 'git.push', resource: { refUpdates: [] } },
      'resource.refUpdates: expected an update, got an empty list',
    ],
  ])('is not understood: %j', (body, reason) => {
    expect(bench.read('git/azure', body)).toEqual({ kind: 'unclear', reason });
  });
});
