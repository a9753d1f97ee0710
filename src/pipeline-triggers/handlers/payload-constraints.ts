import type { JsonObject } from '../../platform/json/index.js';
import { type Check, failed, passed } from '../trigger-handler.js';

/**
 * The rule that a trigger's payload constraints hold, each key a member of the payload or a JsonPath (core.md §4.3).
 * Without constraints it passes; with constraints, even none in them, an event without a payload fails.
 */
export function payloadConstraints<E>(payloadOf: (event: E) => JsonObject | undefined): Check<E> {
  return {
    rule: 'payloadConstraints',
    check: ({ payloadConstraints: constraints }, event, tools) => {
      if (!constraints) return passed;
      const payload = payloadOf(event);
      if (!payload) return failed('a payload', 'none');
      const result = tools.constraints.meetsJsonPath(constraints, payload);
      return result.kind === 'met' ? passed : failed(`${result.key}: ${result.expected}`, result.got);
    },
  };
}
