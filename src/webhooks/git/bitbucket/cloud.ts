import type { Payload } from '../../sources/payload.js';
import { GONE, type GitMembers } from '../git-news.js';

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
  return change ? pushedBy(change) : { hash: '', branch: '' };
}

/** A branch or tag that was deleted is told of without commits; one that was made where others are lists none. */
function pushedBy(change: Payload): Pick<GitMembers, 'hash' | 'branch'> {
  const made = change.inside('new');
  if (!made && change.flag('closed')) return { hash: GONE, branch: change.text('old.name') ?? '' };
  const [commit] = change.requiredList('commits');
  return { hash: commit?.text('hash') ?? made?.text('target.hash') ?? '', branch: made?.text('name') ?? '' };
}
