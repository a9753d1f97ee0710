import type { JsonObject } from '../../platform/json/index.js';
import { type Check, failed, passed } from '../trigger-handler.js';
import { constraintResult } from './constraint-result.js';

/**
 * The rule that a trigger's payload constraints hold, each key a member of the payload or a JsonPath (core.md §4.3).
 * Without constraints it passes; with constraints, even none in them, an event without a payload fails.
 */
export const payloadConstraints: Check<{ readonly payload: JsonObject | undefined }> = {
  rule: 'payloadConstraints',
  check: ({ payloadConstraints: constraints }, { payload }, tools) => {
    if (!constraints) return passed;
    if (!payload) return failed('a payload', 'none');
    return constraintResult(tools.constraints.meetsJsonPath(constraints, payload));
  },
};
