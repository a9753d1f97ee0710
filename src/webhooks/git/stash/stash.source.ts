import { CoercionError } from '../../../platform/json/index.js';
import { ReadsWebhooks, type Webhook, type WebhookNews, type WebhookSource } from '../../sources/webhook-source.js';
import { branchOf, newsUnlessDeleted } from '../git-news.js';

/** Stash, as Bitbucket Server was called, with its hook plug-in: the first change of a push (edges.md §3.3). */
@ReadsWebhooks({ name: 'stash' })
export class StashSource implements WebhookSource {
  readonly type = 'git';
  readonly sources = ['stash'];

  read({ payload }: Webhook): WebhookNews {
    const member = payload.has('refChanges') ? 'refChanges' : 'changes';
    const [change] = payload.requiredList(member);
    if (!change) throw new CoercionError(member, 'a change', 'an empty list');
    return newsUnlessDeleted({
      hash: change.requiredText('toHash'),
      branch: branchOf(change.requiredText('refId')),
      repoProject: payload.requiredText('repository.project.key'),
      slug: payload.requiredText('repository.slug'),
      action: '',
    });
  }
}
