import { javaText, keysOf, memberOf } from '../../../platform/json/index.js';
import { type Check, failed, passed } from '../../trigger-handler.js';
import type { RequestEvent } from '../request-event.js';

type Headers = Pick<RequestEvent, 'headers' | 'shownHeaders'>;

/** A header that carries a secret is named and not shown. */
const shown = (name: string, text: string, { headers, shownHeaders }: Headers): string =>
  Object.hasOwn(headers, name) && !Object.hasOwn(shownHeaders, name) ? 'a value that is not shown' : text;

/**
 * The rule that each of a trigger's attribute constraints is a request header with that very value among its values, or
 * with any value where the constraint is null (core.md §3.6). Names are compared exactly: those of requests are in lower
 * case.
 */
export const headerConstraints: Check<Headers> = {
  rule: 'attributeConstraints',
  check: ({ attributeConstraints: constraints = {} }, event) => {
    for (const name of keysOf(constraints)) {
      const constraint = memberOf(constraints, name) ?? null;
      const wanted = constraint === null ? undefined : javaText(constraint);
      const values = (Object.hasOwn(event.headers, name) && event.headers[name]) || [];
      if (values.length > 0 && (wanted === undefined || values.includes(wanted))) continue;
      const expected = `header ${name}: ${shown(name, wanted ?? 'any value', event)}`;
      return failed(expected, values.length === 0 ? 'no such header' : shown(name, values.join(', '), event));
    }
    return passed;
  },
};
