import { HandlesTriggers } from '../../trigger-handler.js';
import { payloadConstraints } from '../payload-constraints.js';
import { RequestHandler } from '../request-handler.js';
import { headerConstraints } from './header-constraints.js';

/** Starts pipelines on `POST /webhooks/cdevents/{source}` (core.md §3.6). */
@HandlesTriggers({ name: 'cdevents' })
export class CdEventsHandler extends RequestHandler {
  readonly monitor = 'CDEventsWebhookHandler';
  readonly checks = [payloadConstraints, headerConstraints];

  constructor() {
    super('cdevents');
  }
}
