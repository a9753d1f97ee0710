import { beforeAll, describe, expect, it } from 'vitest';
import { WebhookBench } from '../../../../test/support/webhook-bench.js';
import { GiteaSource } from './gitea.source.js';

let bench: WebhookBench;

beforeAll(async () => {
  bench = await WebhookBench.with(GiteaSource);
});

const repository = {
  name: 'webhooks',
  full_name: 'gitea/webhooks',
  html_url: 'https://git.example/sub/gitea/webhooks',
  owner: { login: 'gitea', username: 'gitea' },
};
const members = { repoProject: 'gitea', slug: 'webhooks' };
const push = { ref: 'refs/heads/develop', before: 'o', after: 'H', commits: [], repository };

describe.each(['git/gitea', 'git/forgejo'])('%s', (path) => {
  it('tells of a push, with the changed files', () => {
    const commits = [{ added: ['d/a b.txt'], removed: ['r'], modified: [] }];

    expect(bench.added(path, { ...push, commits })).toEqual({
      ...members,
      hash: 'H',
      branch: 'develop',
      action: 'push:push',
      artifacts: [
        {
          type: 'http/file',
          customKind: false,
          name: 'd/a b.txt',
          version: 'H',
          reference: 'https://git.example/sub/api/v1/repos/gitea/webhooks/raw/d/a%20b.txt?ref=H',
          metadata: {},
        },
      ],
    });
  });

  it('tells of a pull request', () => {
    const request = { number: 3, title: 'T', state: 'open', draft: false, head: { ref: 'b', sha: 'H' } };

    expect(bench.added(path, { action: 'opened', number: 3, pull_request: request, repository })).toEqual({
      ...members,
      number: '3',
      draft: 'false',
      state: 'open',
      title: 'T',
      hash: 'H',
      branch: 'b',
      action: 'pull_request:opened',
      artifacts: [],
    });
  });

  it.each([
    ['made', { sha: 'H' }, { hash: 'H', action: 'branch:create' }],
    ['deleted', {}, { hash: '', action: 'branch:delete' }],
  ])('tells of a branch that was %s', (_what, more, expected) => {
    const body = { ref: 'b', ref_type: 'branch', repository, ...more };

    expect(bench.event(path, body).content).toMatchObject({ ...members, branch: 'b', ...expected });
  });

  it.each([
    ['a tag, which is pushed too', { ref: 'v1', ref_type: 'tag', sha: 'H', repository }],
    ['a push that deletes', { ...push, after: '0'.repeat(40) }],
  ])('does not tell of %s', (_what, body) => {
    expect(bench.read(path, body)).toMatchObject({ kind: 'none' });
  });

  it.each([
    [{ action: 'opened', issue: {} }, 'neither a push, a pull request, nor a branch or tag that was made or deleted'],
    [{ ...push, repository: {} }, 'repository.owner.login: expected a text, got nothing'],
  ])('is not understood: %j', (body, reason) => {
    expect(bench.read(path, body)).toEqual({ kind: 'unclear', reason });
  });
});
