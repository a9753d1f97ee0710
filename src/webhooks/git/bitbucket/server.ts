import type { Payload } from '../../sources/payload.js';
import { type GitMembers, branchOf } from '../git-news.js';

/** A push or a pull request of Bitbucket Server or Data Center (edges.md §3.6). */
export function readServer(payload: Payload, action: string): GitMembers {
  if (action === 'repo:refs_changed') return push(payload, action);
  const request = payload.requiredInside('pullRequest');
  return action === 'pr:merged'
    ? pullRequest(request.inside('toRef'), request.text('properties.mergeCommit.id'), action)
    : pullRequest(request.inside('fromRef'), request.text('fromRef.latestCommit'), action);
}

function push(payload: Payload, action: string): GitMembers {
  const repository = payload.requiredInside('repository');
  const [change] = payload.requiredList('changes');
  return {
    repoProject: repository.requiredInside('project').text('key') ?? '',
    slug: repository.text('slug') ?? '',
    hash: change?.text('toHash') ?? '',
    branch: branchOf(change?.text('ref.id') ?? ''),
    action,
  };
}

function pullRequest(ref: Payload | undefined, hash: string | undefined, action: string): GitMembers {
  return {
    repoProject: ref?.text('repository.project.key') ?? '',
    slug: ref?.text('repository.slug') ?? '',
    hash: hash ?? '',
    branch: branchOf(ref?.text('id') ?? ''),
    action,
  };
}
