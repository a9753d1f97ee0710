import type { Payload } from '../../sources/payload.js';
import type { GitMembers } from '../git-news.js';

/** A push or a merged pull request of Bitbucket Cloud; the slug has the workspace in it (edges.md §3.5). */
export function readCloud(payload: Payload, action: string): GitMembers {
  const owner = payload.text('repository.owner.username');
  return {
    repoProject: owner || (payload.text('repository.project.key') ?? ''),
    slug: payload.requiredText('repository.full_name'),
    ...commitOf(payload),
    action,
  };
}

function commitOf(payload: Payload): Pick<GitMembers, 'hash' | 'branch'> {
  const request = payload.inside('pullrequest');
  if (request) {
    return {
      hash: request.text('merge_commit.hash') ?? '',
      branch: request.text('destination.branch.name') ?? '',
    };
  }
  const [change] = payload.inside('push')?.requiredList('changes') ?? [];
  const [commit] = change?.requiredList('commits') ?? [];
  return { hash: commit?.text('hash') ?? '', branch: change?.text('new.name') ?? '' };
}
