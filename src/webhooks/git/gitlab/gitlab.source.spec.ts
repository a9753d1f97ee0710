import { beforeAll, describe, expect, it } from 'vitest';
import { WebhookBench } from '../../../../test/support/webhook-bench.js';
import { GitlabSource } from './gitlab.source.js';

let bench: WebhookBench;

beforeAll(async () => {
  bench = await WebhookBench.with(GitlabSource);
});

const project = {
  id: 15,
  name: 'Diaspora',
  namespace: 'Mike',
  homepage: 'https://gl.example/git/mike/diaspora',
  path_with_namespace: 'mike/diaspora',
};
const push = { object_kind: 'push', after: 'H', ref: 'refs/heads/master', project };
const members = { hash: 'H', branch: 'master', repoProject: 'Mike', slug: 'Diaspora', action: 'push' };

describe('a push to GitLab', () => {
  it('brings the commit, branch and project by its display names (edges.md §9, test 12)', () => {
    expect(bench.added('git/gitlab', push)).toEqual({ ...members, artifacts: [] });
  });

  it('brings the changed files with their addresses in the API', () => {
    const commits = [
      { added: ['d/a b.txt'], modified: ["x'y(1)!.txt"] },
      { added: ['d/a b.txt'], removed: ['r'] },
    ];
    const raw = 'https://gl.example/git/api/v4/projects/mike%2Fdiaspora/repository/files';

    expect(bench.added('git/gitlab', { ...push, commits })).toMatchObject({
      artifacts: [
        { type: 'gitlab/file', name: 'd/a b.txt', version: 'H', reference: `${raw}/d%2Fa+b.txt/raw` },
        { type: 'gitlab/file', name: "x'y(1)!.txt", reference: `${raw}/x%27y%281%29%21.txt/raw` },
      ],
    });
  });

  it.each([
    ['a tag', { object_kind: 'tag_push', ref: 'refs/tags/v1' }, { action: 'tag_push', branch: 'refs/tags/v1' }],
    ['a deleted branch', { after: '0'.repeat(40) }, { hash: '0'.repeat(40) }],
    ['no commit', { after: null }, { hash: null }],
  ])('may tell of %s', (_what, more, expected) => {
    expect(bench.event('git/gitlab', { ...push, ...more }).content).toMatchObject(expected);
  });

  it('comes from system hooks too, which have another name for its kind', () => {
    const { object_kind: action, ...rest } = push;

    expect(bench.added('git/gitlab', { event_name: action, ...rest })).toMatchObject(members);
  });
});

describe('a merge request at GitLab', () => {
  const attributes = {
    iid: 12,
    title: 'T',
    state: 'opened',
    action: 'open',
    source_branch: 'feature',
    target_branch: 'main',
    last_commit: { id: 'H' },
  };
  const request = (more: object) => ({
    object_kind: 'merge_request',
    project,
    object_attributes: { ...attributes, ...more },
  });

  it.each([
    ['draft', { draft: true }],
    ['work in progress, as older versions say', { work_in_progress: true }],
  ])('brings its properties as those of a pull request: %s', (_what, more) => {
    expect(bench.added('git/gitlab', request(more))).toEqual({
      number: '12',
      draft: 'true',
      action: 'merge_request:open',
      repoProject: 'Mike',
      state: 'opened',
      title: 'T',
      branch: 'feature',
      slug: 'Diaspora',
      hash: 'H',
      artifacts: [],
    });
  });
});

describe('another hook of GitLab', () => {
  it.each([
    ['a comment', { object_kind: 'note', project }, 'ref: expected a text, got nothing'],
    ['a system hook about a user', { event_name: 'user_create' }, 'project: expected an object, got nothing'],
    ['a merge request without its facts', { object_kind: 'merge_request', project }, 'object_attributes: expected'],
    ['files but no homepage', { ...push, project: {}, commits: [{ added: ['a'] }] }, 'project.homepage: expected'],
  ])('is not understood: %s', (_what, body, reason) => {
    expect(bench.read('git/gitlab', body)).toMatchObject({
      kind: 'unclear',
      reason: expect.stringContaining(reason) as string,
    });
  });
});
