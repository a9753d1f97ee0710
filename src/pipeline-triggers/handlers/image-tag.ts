import { fullMatch } from '../pattern-check.js';
import { type Check, failed, passed } from '../trigger-handler.js';

/** An image's tag against a trigger's: a pattern that must match the whole tag; blank means any but `latest`. */
export const imageTag: Check<{ readonly tag: string }> = {
  rule: 'tag',
  check: (trigger, event, tools) => {
    const pattern = trigger.tag?.trim() ?? '';
    if (pattern === '') return event.tag === 'latest' ? failed('any tag but latest', event.tag) : passed;
    return fullMatch(pattern, event.tag, tools);
  },
};
