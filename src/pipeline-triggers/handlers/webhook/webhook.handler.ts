import type { Artifact } from '../../../artifacts/index.js';
import type { EchoEvent } from '../../../events/index.js';
import type { JsonObject } from '../../../platform/json/index.js';
import type { Trigger } from '../../../pipelines/index.js';
import { Content } from '../../content.js';
import {
  type Filled,
  HandlesTriggers,
  type Reading,
  type TriggerHandler,
  type TriggerKey,
  keyOf,
} from '../../trigger-handler.js';
import { payloadConstraints } from '../payload-constraints.js';

/** A webhook as triggers see it. */
export interface WebhookEvent {
  readonly source: string;
  readonly payload: JsonObject | undefined;
  readonly parameters: JsonObject | undefined;
  readonly artifacts: readonly Artifact[];
}

/** Starts pipelines on `POST /webhooks/webhook/{source}` (core.md §3.5). */
@HandlesTriggers({ name: 'webhook' })
export class WebhookHandler implements TriggerHandler<WebhookEvent> {
  readonly monitor = 'WebhookEventHandler';
  readonly triggerTypes = ['webhook'];
  readonly checks = [payloadConstraints<WebhookEvent>((event) => event.payload)];

  accepts(eventType: string): boolean {
    return eventType !== 'manual';
  }

  read({ details, content, payload }: EchoEvent): Reading<WebhookEvent> {
    const type = details?.type ?? '';
    if (type.toLowerCase() !== 'webhook') return { kind: 'idle', reason: `events of type ${type} start no webhooks` };
    if (!details?.source) return { kind: 'unusable', reason: 'details.source: missing' };
    if (!content) return { kind: 'unusable', reason: 'content: missing' };
    const members = new Content(content);
    const event: WebhookEvent = {
      source: details.source,
      payload: payload ?? undefined,
      parameters: members.object('parameters'),
      artifacts: members.artifacts('artifacts'),
    };
    return { kind: 'event', event };
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, ['source']);
  }

  eventKey(event: WebhookEvent): string {
    return event.source;
  }

  fill({ parameters: _configured, ...trigger }: Trigger, event: WebhookEvent, source: EchoEvent): Filled {
    return {
      trigger: {
        ...trigger,
        ...(event.parameters && { parameters: event.parameters }),
        ...(event.payload && { payload: event.payload }),
        ...(source.eventId !== null && { eventId: source.eventId }),
      },
      artifacts: event.artifacts,
    };
  }

  tags({ trigger }: Filled): Readonly<Record<string, string>> {
    return { type: trigger.type ?? '' };
  }
}
