import { ReadsWebhooks, type Webhook, type WebhookNews, type WebhookSource } from 'echo';

/** Reads pushes of a git host called forge. */
@ReadsWebhooks({ name: 'forge' })
export class ForgeSource implements WebhookSource {
  readonly type = 'git';
  readonly sources = ['forge'];

  read({ payload }: Webhook): WebhookNews {
    const event = payload.requiredText('event');
    if (event === 'hello') return { kind: 'none', reason: 'a test of the connection' };
    if (event !== 'push') return { kind: 'unclear', reason: `event ${event}: only pushes start pipelines` };
    const [repoProject = '', slug = ''] = payload.requiredText('repo').split('/');
    const branch = payload.requiredText('branch');
    return {
      kind: 'news',
      members: { repoProject, slug, branch, hash: payload.requiredText('commit'), action: event },
    };
  }
}
