import type { EchoEvent } from '../../events/index.js';
import type { Trigger } from '../../pipelines/index.js';
import { filledIn } from '../filled-trigger.js';
import type { Check, Filled, Reading, RequestHeaders, TriggerHandler } from '../trigger-handler.js';
import { type TriggerKey, keyOf, lookUpKey } from '../trigger-key.js';
import { type RequestEvent, readRequest } from './request-event.js';

/** Starts pipelines on HTTP requests that were posted to their source, with what the requests bring. */
export abstract class RequestHandler implements TriggerHandler<RequestEvent> {
  abstract readonly monitor: string;
  abstract readonly checks: readonly Check<RequestEvent>[];
  readonly triggerTypes: readonly string[];

  /** @param type of the events and of the triggers */
  constructor(private readonly type: string) {
    this.triggerTypes = [type];
  }

  /** The original counts every event for such a handler. */
  accepts(eventType: string): boolean {
    return eventType !== 'manual';
  }

  read(event: EchoEvent, headers: RequestHeaders): Reading<RequestEvent> {
    return readRequest(this.type, event, headers);
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, ['source']);
  }

  eventKey({ source }: RequestEvent): string {
    return lookUpKey(source);
  }

  fill(trigger: Trigger, { parameters, payload, artifacts }: RequestEvent, { eventId }: EchoEvent): Filled {
    return { trigger: filledIn(trigger, { parameters, payload, eventId: eventId ?? undefined }), artifacts };
  }

  tags({ trigger }: Filled): Readonly<Record<string, string>> {
    return { type: trigger.type ?? '' };
  }
}
