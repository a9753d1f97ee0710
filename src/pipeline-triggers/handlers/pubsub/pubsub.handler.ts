import type { EchoEvent } from '../../../events/index.js';
import type { Trigger } from '../../../pipelines/index.js';
import { filledIn } from '../../filled-trigger.js';
import { type Filled, HandlesTriggers, type Reading, type TriggerHandler } from '../../trigger-handler.js';
import { type TriggerKey, ignoringCase, keyOf, lookUpKey } from '../../trigger-key.js';
import { plainConstraints } from '../plain-constraints.js';
import { usablePayload } from './payload-check.js';
import { type PubsubEvent, linkOf, parametersOf, readPubsub } from './pubsub-event.js';

/** Starts pipelines on messages of subscriptions (core.md §3.7). */
@HandlesTriggers({ name: 'pubsub' })
export class PubsubHandler implements TriggerHandler<PubsubEvent> {
  readonly monitor = 'PubsubEventHandler';
  readonly triggerTypes = ['pubsub'];
  readonly checks = [
    usablePayload,
    plainConstraints<PubsubEvent>('payloadConstraints', ({ payload }) => payload),
    plainConstraints<PubsubEvent>('attributeConstraints', ({ attributes }) => attributes),
  ];

  accepts(eventType: string): boolean {
    return eventType.toLowerCase() === 'pubsub';
  }

  read(event: EchoEvent): Reading<PubsubEvent> {
    return readPubsub(event);
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return ignoringCase(keyOf(trigger, ['pubsubSystem', 'subscriptionName']));
  }

  eventKey({ system, subscription }: PubsubEvent): string {
    return lookUpKey(system, subscription).toLowerCase();
  }

  fill(trigger: Trigger, event: PubsubEvent, { eventId }: EchoEvent): Filled {
    const { system, subscription, payload = {}, artifacts } = event;
    return {
      trigger: filledIn(trigger, {
        pubsubSystem: system,
        subscriptionName: subscription,
        parameters: parametersOf(payload),
        payload,
        eventId: eventId ?? undefined,
        ...linkOf(payload),
      }),
      artifacts,
    };
  }

  tags({ trigger }: Filled): Readonly<Record<string, string>> {
    return { pubsubSystem: trigger.pubsubSystem ?? '', subscriptionName: trigger.subscriptionName ?? '' };
  }
}
