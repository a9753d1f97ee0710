import { beforeAll, describe, expect, it } from 'vitest';
import { WebhookBench } from '../../../../test/support/webhook-bench.js';
import { StashSource } from './stash.source.js';

let bench: WebhookBench;

beforeAll(async () => {
  bench = await WebhookBench.with(StashSource);
});

const repository = { slug: 'echo', project: { key: 'spinnaker' } };
const changes = [
  { refId: 'refs/heads/master', toHash: 'firstHash' },
  { refId: 'refs/heads/other', toHash: 'secondHash' },
];

describe('a push to Stash', () => {
  it.each(['refChanges', 'changes'])('brings its first change, of %s (edges.md §9, tests 13 and 31)', (member) => {
    expect(bench.added('git/stash', { [member]: changes, repository })).toEqual({
      hash: 'firstHash',
      branch: 'master',
      repoProject: 'spinnaker',
      slug: 'echo',
      action: '',
      artifacts: [],
    });
  });

  it('that deletes a branch is none', () => {
    const body = { refChanges: [{ refId: 'refs/heads/b', toHash: '0'.repeat(40) }], repository };

    expect(bench.read('git/stash', body)).toEqual({ kind: 'none', reason: 'a branch or tag was deleted' });
  });

  it.each([
    ['{}', 'changes: expected a list, got nothing'],
    ['{"refChanges":[]}', 'refChanges: expected a change, got an empty list'],
    ['{"changes":[{"refId":"b"}]}', 'toHash: expected a text, got nothing'],
    ['{"test":true}', 'changes: expected a list, got nothing'],
  ])('is not understood: %s', (body, reason) => {
    expect(bench.read('git/stash', body)).toEqual({ kind: 'unclear', reason });
  });
});
