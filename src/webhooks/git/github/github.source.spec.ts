import { beforeAll, describe, expect, it } from 'vitest';
import { githubExamples } from '../../../../test/support/github-examples.js';
import { WebhookBench } from '../../../../test/support/webhook-bench.js';
import { GithubSource } from './github.source.js';

let bench: WebhookBench;

beforeAll(async () => {
  bench = await WebhookBench.with(GithubSource);
});

const file = (name: string, version?: string) => ({
  type: 'github/file',
  customKind: false,
  name,
  ...(version !== undefined && { version }),
  reference: `https://api/x/contents/${name}`,
  metadata: {},
});

const repository = { name: 's', contents_url: 'https://api/x/contents/{+path}', owner: { name: 'p', login: 'l' } };
const pull = { number: 7, state: 'open', title: 'T', draft: true, head: { ref: 'b', sha: 'H' } };

describe('a push to GitHub', () => {
  it('brings the owner, repository, branch, commit and changed files (edges.md appendix F)', () => {
    const commits = [{ added: ['a.txt'], modified: ['b.txt', 'a.txt'], removed: ['c.txt'] }, { modified: ['$&.txt'] }];

    expect(bench.added('git/github', { ref: 'refs/heads/b', after: 'H', repository, commits })).toEqual({
      action: 'push:push',
      repoProject: 'p',
      branch: 'b',
      slug: 's',
      hash: 'H',
      artifacts: [file('a.txt', 'H'), file('b.txt', 'H'), file('$&.txt', 'H')],
    });
  });

  it.each([
    ['a tag', { ref: 'refs/tags/v1', after: 'H' }, { branch: 'refs/tags/v1', hash: 'H' }],
    ['a deleted branch', { ref: 'refs/heads/b', after: '0'.repeat(40) }, { branch: 'b', hash: '0'.repeat(40) }],
    ['nothing', {}, { branch: '', hash: '' }],
  ])('may tell of %s', (_what, body, expected) => {
    expect(bench.added('git/github', body)).toMatchObject({ action: 'push:push', ...expected, artifacts: [] });
  });

  it.each([
    ['commits that are null', { commits: null }, 'commits: expected a list, got null'],
    ['files but no address for them', { commits: [{ added: ['a'] }] }, 'repository.contents_url: expected a text'],
    ['an owner that is a text', { repository: { owner: 'p' } }, "repository.owner: expected an object, got 'p'"],
  ])('with %s is not understood', (_what, body, reason) => {
    expect(bench.read('git/github', body)).toMatchObject({
      kind: 'unclear',
      reason: expect.stringContaining(reason) as string,
    });
  });
});

describe('a pull request at GitHub', () => {
  it('brings its properties as texts', () => {
    expect(bench.added('git/github', { action: 'opened', number: 7, pull_request: pull, repository })).toEqual({
      number: '7',
      draft: 'true',
      action: 'pull_request:opened',
      repoProject: 'l',
      state: 'open',
      title: 'T',
      branch: 'b',
      slug: 's',
      hash: 'H',
      artifacts: [],
    });
  });

  it.each([
    [{ pull_request: {} }, { number: '0', draft: 'null', state: null, title: null, action: 'pull_request:' }],
    [
      { action: null, pull_request: { draft: false } },
      { draft: 'false', branch: '', hash: '', slug: '' },
    ],
  ])('lacks what %j lacks', (body, expected) => {
    expect(bench.added('git/github', body)).toMatchObject(expected);
  });

  it('may be null', () => {
    expect(bench.added('git/github', { pull_request: null })).not.toHaveProperty('number');
  });
});

describe('a branch at GitHub', () => {
  const body = { ref: 'refs/heads/b', ref_type: 'branch', action: 'mine', repository };

  it.each([
    ['the header says', body, { 'x-github-event': 'delete' }, 'branch:delete'],
    ['the body tells, behind gate: created', { ...body, master_branch: 'main' }, {}, 'branch:create'],
    ['the body tells, behind gate: deleted', body, {}, 'branch:delete'],
  ])('was made or deleted, as %s', (_what, sent, headers, action) => {
    expect(bench.event('git/github', sent, headers).content).toMatchObject({
      action,
      repoProject: 'l',
      branch: 'refs/heads/b',
      slug: 's',
      hash: '',
    });
  });
});

describe("GitHub's own examples", () => {
  const all = githubExamples();
  const pings = ['ping', 'meta'];

  it.each(all)('%s %i is understood', (name, _i, body) => {
    const reading = bench.read('git/github', body, { 'x-github-event': name });

    expect(reading.kind).toBe(pings.includes(name) ? 'none' : 'event');
  });

  it.each(all.filter(([name]) => name === 'push'))('%s %i names what was pushed', (_name, _i, body) => {
    const { repository: repo, after } = body as {
      repository: { name: string; owner: { name: string } };
      after: string;
    };

    expect(bench.event('git/github', body).content).toMatchObject({
      repoProject: repo.owner.name,
      slug: repo.name,
      hash: after,
    });
  });

  it.each(all.filter(([name]) => name === 'pull_request'))('%s %i names the pull request', (_name, _i, body) => {
    const {
      action,
      number,
      pull_request: request,
    } = body as {
      action: string;
      number: number;
      pull_request: { head: { sha: string; ref: string }; title: string };
    };

    expect(bench.event('git/github', body).content).toMatchObject({
      action: `pull_request:${action}`,
      number: String(number),
      title: request.title,
      hash: request.head.sha,
      branch: request.head.ref,
    });
  });

  it('of what is no push, pull request or branch name nobody: they match no trigger', () => {
    const silent = all.filter(([name]) => ['release', 'issues', 'star', 'workflow_run'].includes(name));

    for (const [, , body] of silent)
      expect(bench.event('git/github', body).content).toMatchObject({ repoProject: '', hash: '' });
  });
});
