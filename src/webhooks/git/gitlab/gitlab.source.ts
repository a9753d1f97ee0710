import type { Artifact } from '../../../artifacts/index.js';
import type { Payload } from '../../sources/payload.js';
import { ReadsWebhooks, type Webhook, type WebhookNews, type WebhookSource } from '../../sources/webhook-source.js';
import { changedFiles, fileArtifact } from '../changed-files.js';
import { type GitMembers, branchOf, news, pullRequestMembers } from '../git-news.js';

/**
 * GitLab: pushes of branches and tags (edges.md §3.2), from the hooks of projects and groups and from system hooks, and
 * merge requests. Projects go by their display names.
 */
@ReadsWebhooks({ name: 'gitlab' })
export class GitlabSource implements WebhookSource {
  readonly type = 'git';
  readonly sources = ['gitlab'];

  read({ payload }: Webhook): WebhookNews {
    return news(payload.text('object_kind') === 'merge_request' ? mergeRequest(payload) : push(payload));
  }

  artifacts({ payload }: Webhook): readonly Artifact[] {
    return changedFiles(payload).map((file) => fileArtifact('gitlab/file', file, payload, rawFile(payload, file)));
  }
}

function push(payload: Payload): GitMembers {
  const project = payload.requiredInside('project');
  return {
    hash: payload.text('after') ?? null,
    branch: branchOf(payload.requiredText('ref')),
    repoProject: project.text('namespace') ?? null,
    slug: project.text('name') ?? null,
    action: payload.text('object_kind') ?? payload.text('event_name') ?? null,
  };
}

function mergeRequest(payload: Payload): GitMembers {
  const project = payload.requiredInside('project');
  const request = payload.requiredInside('object_attributes');
  const draft = request.has('draft') ? 'draft' : 'work_in_progress';
  return {
    ...pullRequestMembers(request, { number: 'iid', draft, state: 'state' }),
    hash: request.requiredText('last_commit.id'),
    branch: request.requiredText('source_branch'),
    repoProject: project.text('namespace') ?? null,
    slug: project.text('name') ?? null,
    action: `merge_request:${request.text('action') ?? ''}`,
  };
}

/** The address of a file's text in GitLab's API. */
function rawFile(payload: Payload, file: string): string {
  const homepage = payload.requiredText('project.homepage');
  const project = payload.requiredText('project.path_with_namespace');
  const base = homepage.replaceAll(`/${project}`, '');
  return `${base}/api/v4/projects/${encoded(project)}/repository/files/${encoded(file)}/raw`;
}

/** As in a form: a space becomes a plus. */
const encoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
