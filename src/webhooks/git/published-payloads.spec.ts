import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { WebhookBench } from '../../../test/support/webhook-bench.js';
import { AzureSource } from './azure/azure.source.js';
import { BitbucketSource } from './bitbucket/bitbucket.source.js';
import { GiteaSource } from './gitea/gitea.source.js';
import { GitlabSource } from './gitlab/gitlab.source.js';

/** Member by member as the hosts document and send them, with names of our own (test/fixtures/webhooks). */
const FOLDER = path.resolve(import.meta.dirname, '../../../test/fixtures/webhooks');
const payload = (name: string): object => JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')) as object;

const HASH = '6a3f0b1c2d4e5f60718293a4b5c6d7e8f9012345';
const MERGED = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00';
const GONE = '0'.repeat(40);

const atGitlab = { repoProject: 'Web Team', slug: 'Shop Front' };
const atBitbucket = { repoProject: 'web-team', slug: 'web-team/shop-front' };
const atServer = { repoProject: 'SHOP', slug: 'shop-front' };
const atAzure = { repoProject: 'Shop', slug: 'Shop-Front' };
const atGitea = { repoProject: 'web-team', slug: 'shop-front' };
const request = { number: '12', title: 'A better basket' };

const file = (type: string, name: string, reference: string): object => ({ type, name, version: HASH, reference });
const gitlabFile = (name: string, encoded: string): object => {
  const files = 'https://gitlab.example/api/v4/projects/web-team%2Fshop-front/repository/files';
  return file('gitlab/file', name, `${files}/${encoded}/raw`);
};
const giteaFile = (name: string, encoded: string): object =>
  file('http/file', name, `https://gitea.example/api/v1/repos/web-team/shop-front/raw/${encoded}?ref=${HASH}`);

/** What each brings; a text is why it brings nothing that could start a pipeline. */
const EXPECTED: Readonly<Record<string, object | string>> = {
  'gitlab/push': {
    ...atGitlab,
    hash: HASH,
    branch: 'main',
    action: 'push',
    artifacts: [
      gitlabFile('basket/layout.html', 'basket%2Flayout.html'),
      gitlabFile('README.md', 'README.md'),
      gitlabFile('deploy/prod values.yml', 'deploy%2Fprod+values.yml'),
    ],
  },
  'gitlab/system-push': { ...atGitlab, hash: HASH, branch: 'main', action: 'push', artifacts: [] },
  'gitlab/push-branch-deleted': { ...atGitlab, hash: GONE, branch: 'basket', action: 'push' },
  'gitlab/tag-push': { ...atGitlab, hash: HASH, branch: 'refs/tags/v1.4.0', action: 'tag_push' },
  'gitlab/merge-request': {
    ...atGitlab,
    ...request,
    title: 'Draft: A better basket',
    draft: 'true',
    state: 'opened',
    hash: HASH,
    branch: 'basket',
    action: 'merge_request:update',
  },
  'gitlab/note': 'ref: expected a text, got nothing',

  'bitbucket/push': { ...atBitbucket, hash: HASH, branch: 'main', action: 'repo:push' },
  'bitbucket/push-branch-created': { ...atBitbucket, hash: HASH, branch: 'basket', action: 'repo:push' },
  'bitbucket/push-branch-deleted': 'a branch or tag was deleted',
  'bitbucket/push-tag': { ...atBitbucket, hash: HASH, branch: 'v1.4.0', action: 'repo:push' },
  'bitbucket/pull-request-fulfilled': {
    ...atBitbucket,
    hash: MERGED.slice(0, 12),
    branch: 'main',
    action: 'pullrequest:fulfilled',
  },

  'bitbucket-server/refs-changed': {
    ...atServer,
    hash: HASH,
    branch: 'feature/basket',
    action: 'repo:refs_changed',
  },
  'bitbucket-server/refs-changed-tag': {
    ...atServer,
    hash: HASH,
    branch: 'refs/tags/v1.4.0',
    action: 'repo:refs_changed',
  },
  'bitbucket-server/refs-changed-deleted': 'a branch or tag was deleted',
  'bitbucket-server/pr-opened': { ...atServer, hash: HASH, branch: 'feature/basket', action: 'pr:opened' },
  'bitbucket-server/pr-from-ref-updated': {
    ...atServer,
    hash: HASH,
    branch: 'feature/basket',
    action: 'pr:from_ref_updated',
  },
  'bitbucket-server/pr-declined': { ...atServer, hash: HASH, branch: 'feature/basket', action: 'pr:declined' },
  'bitbucket-server/pr-merged': { ...atServer, hash: MERGED, branch: 'main', action: 'pr:merged' },
  'bitbucket-server/ping': { event_type: 'diagnostics:ping' },

  'azure/push': { ...atAzure, hash: HASH, branch: 'main', action: 'git.push' },
  'azure/push-tag': { ...atAzure, hash: HASH, branch: 'refs/tags/v1.4.0', action: 'git.push' },
  'azure/push-branch-deleted': 'a branch or tag was deleted',
  'azure/pull-request-created': {
    ...atAzure,
    ...request,
    draft: 'false',
    state: 'active',
    hash: HASH,
    branch: 'basket',
    action: 'git.pullrequest.created',
  },
  'azure/pull-request-updated': {
    ...atAzure,
    ...request,
    state: 'active',
    hash: HASH,
    branch: 'basket',
    action: 'git.pullrequest.updated',
  },
  'azure/pull-request-merged': {
    ...atAzure,
    ...request,
    state: 'completed',
    hash: HASH,
    branch: 'basket',
    action: 'git.pullrequest.merged',
  },
  'azure/build-complete': 'eventType build.complete: only git.push and git.pullrequest.* start pipelines',

  'gitea/push': {
    ...atGitea,
    hash: HASH,
    branch: 'main',
    action: 'push:push',
    artifacts: [
      giteaFile('basket/layout.html', 'basket/layout.html'),
      giteaFile('deploy/prod values.yml', 'deploy/prod%20values.yml'),
    ],
  },
  'gitea/push-tag': { ...atGitea, hash: HASH, branch: 'refs/tags/v1.4.0', action: 'push:push' },
  'gitea/push-branch-deleted': 'a branch or tag was deleted',
  'gitea/create-branch': { ...atGitea, hash: HASH, branch: 'basket', action: 'branch:create' },
  'gitea/create-tag': 'a tag was made or deleted: its push tells',
  'gitea/delete-branch': { ...atGitea, hash: '', branch: 'basket', action: 'branch:delete' },
  'gitea/pull-request-opened': {
    ...atGitea,
    ...request,
    draft: 'false',
    state: 'open',
    hash: HASH,
    branch: 'basket',
    action: 'pull_request:opened',
  },
  'gitea/pull-request-closed': {
    ...atGitea,
    ...request,
    state: 'closed',
    hash: HASH,
    branch: 'basket',
    action: 'pull_request:closed',
  },
  'gitea/release': 'neither a push, a pull request, nor a branch or tag that was made or deleted',
};

/** Bitbucket tells in a header of what its body is. */
const EVENT_KEYS: Readonly<Record<string, string>> = {
  'bitbucket/push': 'repo:push',
  'bitbucket/push-branch-created': 'repo:push',
  'bitbucket/push-branch-deleted': 'repo:push',
  'bitbucket/push-tag': 'repo:push',
  'bitbucket/pull-request-fulfilled': 'pullrequest:fulfilled',
  'bitbucket-server/ping': 'diagnostics:ping',
};

function headersOf(name: string): Record<string, string> {
  if (!name.startsWith('bitbucket')) return {};
  const { eventKey } = payload(name) as { eventKey?: string };
  return { 'x-event-key': EVENT_KEYS[name] ?? eventKey ?? '' };
}

describe('webhooks as the hosts publish them', () => {
  let bench: WebhookBench;
  beforeAll(
    async () => void (bench = await WebhookBench.with(AzureSource, BitbucketSource, GiteaSource, GitlabSource)),
  );

  const pathOf = (name: string): string => `git/${(name.split('/')[0] ?? '').replace('-server', '')}`;

  it('are all expected here', () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

    expect(files.map((name) => name.replace('.json', '')).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('%s', (name, expected) => {
    if (typeof expected === 'string') {
      expect(bench.read(pathOf(name), payload(name), headersOf(name))).toMatchObject({ reason: expected });
    } else {
      expect(bench.event(pathOf(name), payload(name), headersOf(name)).content).toMatchObject(expected);
    }
  });
});
