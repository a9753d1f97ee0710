import type { Artifact } from '../../../artifacts/index.js';
import type { Payload } from '../../sources/payload.js';
import { ReadsWebhooks, type Webhook, type WebhookNews, type WebhookSource } from '../../sources/webhook-source.js';
import { changedFiles, fileArtifact } from '../changed-files.js';
import { type GitMembers, branchOf, news, pullRequestMembers } from '../git-news.js';

/** GitHub: pushes of branches and tags, pull requests, and branches that are made or deleted (edges.md §3.1). */
@ReadsWebhooks({ name: 'github' })
export class GithubSource implements WebhookSource {
  readonly type = 'git';
  readonly sources = ['github'];

  read({ payload, headers }: Webhook): WebhookNews {
    if (payload.has('hook_id')) return { kind: 'none', reason: 'a ping' };
    if (payload.has('pull_request')) return news(pullRequest(payload));
    if (payload.text('ref_type') === 'branch') return news(branch(payload, headers['x-github-event']?.[0]));
    return news(push(payload));
  }

  artifacts({ payload }: Webhook): readonly Artifact[] {
    return changedFiles(payload).map((file) => {
      const contents = payload.requiredText('repository.contents_url');
      return fileArtifact(
        'github/file',
        file,
        payload,
        contents.replace('{+path}', () => file),
      );
    });
  }
}

function pullRequest(payload: Payload): GitMembers {
  const request = payload.inside('pull_request');
  return {
    ...pullRequestMembers(request, { number: 'number', draft: 'draft', state: 'state' }),
    action: `pull_request:${payload.text('action') ?? ''}`,
    repoProject: payload.text('repository.owner.login') ?? '',
    branch: request?.text('head.ref') ?? '',
    slug: payload.text('repository.name') ?? '',
    hash: request?.text('head.sha') ?? '',
  };
}

/** Gate does not pass the header on; only of a new branch the body says what the repository's main branch is. */
function branch(payload: Payload, event = payload.has('master_branch') ? 'create' : 'delete'): GitMembers {
  return {
    action: `branch:${event}`,
    repoProject: payload.text('repository.owner.login') ?? '',
    branch: payload.text('ref') ?? '',
    slug: payload.text('repository.name') ?? '',
    hash: '',
  };
}

/** Whatever else GitHub sends counts as a push too; only pushes name the owner, so the rest matches no trigger. */
function push(payload: Payload): GitMembers {
  return {
    action: 'push:push',
    repoProject: payload.text('repository.owner.name') ?? '',
    branch: branchOf(payload.text('ref') ?? ''),
    slug: payload.text('repository.name') ?? '',
    hash: payload.text('after') ?? '',
  };
}
