import type { Artifact } from '../../../artifacts/index.js';
import type { Payload } from '../../sources/payload.js';
import { ReadsWebhooks, type Webhook, type WebhookNews, type WebhookSource } from '../../sources/webhook-source.js';
import { changedFiles, fileArtifact } from '../changed-files.js';
import { type GitMembers, branchOf, newsUnlessDeleted, pullRequestMembers } from '../git-news.js';

/** Gitea and Forgejo: much like GitHub, in the same words, so that triggers look the same. */
@ReadsWebhooks({ name: 'gitea' })
export class GiteaSource implements WebhookSource {
  readonly type = 'git';
  readonly sources = ['gitea', 'forgejo'];

  read({ payload }: Webhook): WebhookNews {
    if (payload.has('pull_request')) return newsUnlessDeleted(pullRequest(payload));
    if (payload.has('ref_type')) return ref(payload);
    if (payload.has('commits')) return newsUnlessDeleted(push(payload));
    return { kind: 'unclear', reason: 'neither a push, a pull request, nor a branch or tag that was made or deleted' };
  }

  /** The address of a file's text in Gitea's API; read with an account for `http/file`. */
  artifacts({ payload }: Webhook): readonly Artifact[] {
    return changedFiles(payload).map((file) => {
      const name = payload.requiredText('repository.full_name');
      const base = payload.requiredText('repository.html_url').replaceAll(`/${name}`, '');
      const path = file.split('/').map(encoded).join('/');
      const reference = `${base}/api/v1/repos/${name}/raw/${path}?ref=${payload.text('after') ?? ''}`;
      return fileArtifact('http/file', file, payload, reference);
    });
  }
}

const repositoryOf = (payload: Payload): { repoProject: string; slug: string } => ({
  repoProject: payload.requiredText('repository.owner.login'),
  slug: payload.requiredText('repository.name'),
});

function pullRequest(payload: Payload): GitMembers {
  const request = payload.requiredInside('pull_request');
  return {
    ...pullRequestMembers(request, { number: 'number', draft: 'draft', state: 'state' }),
    ...repositoryOf(payload),
    hash: request.text('head.sha') ?? '',
    branch: request.requiredText('head.ref'),
    action: `pull_request:${payload.text('action') ?? ''}`,
  };
}

/** Only what is made has a commit. Of tags the push tells as well, and more. */
function ref(payload: Payload): WebhookNews {
  const what = payload.requiredText('ref_type');
  if (what !== 'branch') return { kind: 'none', reason: `a ${what} was made or deleted: its push tells` };
  return {
    kind: 'news',
    members: {
      ...repositoryOf(payload),
      hash: payload.text('sha') ?? '',
      branch: branchOf(payload.requiredText('ref')),
      action: payload.has('sha') ? 'branch:create' : 'branch:delete',
    },
  };
}

function push(payload: Payload): GitMembers {
  return {
    ...repositoryOf(payload),
    hash: payload.requiredText('after'),
    branch: branchOf(payload.requiredText('ref')),
    action: 'push:push',
  };
}

/** Lone surrogates, which a URL cannot carry, become replacement characters. */
const encoded = (segment: string): string => encodeURIComponent(Buffer.from(segment).toString());
