import { ReadsWebhooks, type Webhook, type WebhookNews, type WebhookSource } from '../../sources/webhook-source.js';
import { newsUnlessDeleted } from '../git-news.js';
import { readCloud } from './cloud.js';
import { readServer } from './server.js';

const CLOUD = ['repo:push', 'pullrequest:fulfilled'];
const SERVER = [...['pr:opened', 'pr:from_ref_updated', 'pr:merged', 'pr:declined', 'pr:deleted'], 'repo:refs_changed'];

/**
 * Bitbucket Cloud and Bitbucket Server or Data Center: one source, told apart by the event (edges.md §3.4). Other
 * events are sent on as they are, and match no trigger; a test of the connection has no body at all.
 */
@ReadsWebhooks({ name: 'bitbucket' })
export class BitbucketSource implements WebhookSource {
  readonly type = 'git';
  readonly sources = ['bitbucket'];
  readonly takesEmptyBodies = true;

  read({ payload, body, eventType }: Webhook): WebhookNews {
    if (body === '') return { kind: 'none', reason: 'a test of the connection' };
    if (eventType !== undefined && CLOUD.includes(eventType)) return newsUnlessDeleted(readCloud(payload, eventType));
    if (eventType !== undefined && SERVER.includes(eventType)) return newsUnlessDeleted(readServer(payload, eventType));
    return { kind: 'news', members: {} };
  }
}
