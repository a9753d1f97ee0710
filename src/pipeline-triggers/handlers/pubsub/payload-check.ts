import { describeValue, isJsonObject, memberOf } from '../../../platform/json/index.js';
import { type Check, failed, passed } from '../../trigger-handler.js';
import type { PubsubEvent } from './pubsub-event.js';

/** Only messages that are JSON objects start anything, and what they call `parameters` are the pipeline's. */
export const usablePayload: Check<PubsubEvent> = {
  rule: 'payload',
  check: (_trigger, { payload }) => {
    if (!payload) return failed('a message that is a JSON object', 'another one');
    const parameters = memberOf(payload, 'parameters') ?? null;
    if (parameters === null || isJsonObject(parameters)) return passed;
    return failed('parameters: an object', describeValue(parameters));
  },
};
