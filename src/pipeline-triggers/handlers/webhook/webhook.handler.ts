import { HandlesTriggers } from '../../trigger-handler.js';
import { payloadConstraints } from '../payload-constraints.js';
import { RequestHandler } from '../request-handler.js';

/** Starts pipelines on `POST /webhooks/webhook/{source}` (core.md §3.5). */
@HandlesTriggers({ name: 'webhook' })
export class WebhookHandler extends RequestHandler {
  readonly monitor = 'WebhookEventHandler';
  readonly checks = [payloadConstraints];

  constructor() {
    super('webhook');
  }
}
