import type { JsonObject } from '../../platform/json/index.js';
import { type Check, failed, passed } from '../trigger-handler.js';
import { constraintResult } from './constraint-result.js';

/**
 * The rule that a trigger's constraints hold, each key the name of one of the values (core.md §4.1). Without
 * constraints it passes; with constraints, even none in them, an event that has no such values fails.
 */
export function plainConstraints<E>(
  rule: 'payloadConstraints' | 'attributeConstraints',
  valuesOf: (event: E) => JsonObject | undefined,
): Check<E> {
  return {
    rule,
    check: ({ [rule]: constraints }, event, tools) => {
      if (!constraints) return passed;
      const values = valuesOf(event);
      return values ? constraintResult(tools.constraints.meetsPlain(constraints, values)) : failed('values', 'none');
    },
  };
}
