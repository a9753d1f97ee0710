import { CoercionError } from '../../../platform/json/index.js';
import type { Payload } from '../../sources/payload.js';
import { ReadsWebhooks, type Webhook, type WebhookNews, type WebhookSource } from '../../sources/webhook-source.js';
import { branchOf, news, newsUnlessDeleted, pullRequestMembers } from '../git-news.js';

/** Azure DevOps service hooks: `git.push`, and `git.pullrequest.…` under the name of the event. */
@ReadsWebhooks({ name: 'azure' })
export class AzureSource implements WebhookSource {
  readonly type = 'git';
  readonly sources = ['azure'];

  read({ payload }: Webhook): WebhookNews {
    const action = payload.requiredText('eventType');
    if (action === 'git.push') return push(payload.requiredInside('resource'), action);
    if (action.startsWith('git.pullrequest.')) return pullRequest(payload.requiredInside('resource'), action);
    return { kind: 'unclear', reason: `eventType ${action}: only git.push and git.pullrequest.* start pipelines` };
  }
}

/** A push may update several refs: the first one counts. */
function push(resource: Payload, action: string): WebhookNews {
  const [update] = resource.requiredList('refUpdates');
  if (!update) throw new CoercionError('resource.refUpdates', 'an update', 'an empty list');
  return newsUnlessDeleted({
    ...repositoryOf(resource),
    hash: update.requiredText('newObjectId'),
    branch: branchOf(update.requiredText('name')),
    action,
  });
}

function pullRequest(resource: Payload, action: string): WebhookNews {
  return news({
    ...pullRequestMembers(resource, { number: 'pullRequestId', draft: 'isDraft', state: 'status' }),
    ...repositoryOf(resource),
    hash: resource.text('lastMergeSourceCommit.commitId') ?? '',
    branch: branchOf(resource.requiredText('sourceRefName')),
    action,
  });
}

const repositoryOf = (resource: Payload): { repoProject: string; slug: string } => ({
  repoProject: resource.requiredText('repository.project.name'),
  slug: resource.requiredText('repository.name'),
});
