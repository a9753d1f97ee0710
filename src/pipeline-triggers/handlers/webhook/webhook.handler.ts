import type { EchoEvent } from '../../../events/index.js';
import type { Trigger } from '../../../pipelines/index.js';
import {
  type Filled,
  HandlesTriggers,
  type Reading,
  type RequestHeaders,
  type TriggerHandler,
} from '../../trigger-handler.js';
import { type TriggerKey, keyOf, lookUpKey } from '../../trigger-key.js';
import { payloadConstraints } from '../payload-constraints.js';
import { type RequestEvent, fillWithRequest, readRequest } from '../request-event.js';

/** Starts pipelines on `POST /webhooks/webhook/{source}` (core.md §3.5). */
@HandlesTriggers({ name: 'webhook' })
export class WebhookHandler implements TriggerHandler<RequestEvent> {
  readonly monitor = 'WebhookEventHandler';
  readonly triggerTypes = ['webhook'];
  readonly checks = [payloadConstraints];

  /** The original counts every event for this handler. */
  accepts(eventType: string): boolean {
    return eventType !== 'manual';
  }

  read(event: EchoEvent, headers: RequestHeaders): Reading<RequestEvent> {
    return readRequest('webhook', event, headers);
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, ['source']);
  }

  eventKey({ source }: RequestEvent): string {
    return lookUpKey(source);
  }

  fill(trigger: Trigger, event: RequestEvent, source: EchoEvent): Filled {
    return fillWithRequest(trigger, event, source);
  }

  tags({ trigger }: Filled): Readonly<Record<string, string>> {
    return { type: trigger.type ?? '' };
  }
}
