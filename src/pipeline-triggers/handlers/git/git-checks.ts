import { fullMatch } from '../../pattern-check.js';
import { type Check, failed, passed } from '../../trigger-handler.js';
import type { GitEvent } from './git-event.js';

/** The trigger's branch is a pattern for the whole name; without one any branch will do, even none. */
export const branch: Check<GitEvent> = {
  rule: 'branch',
  check: (trigger, event, tools) => {
    if (!trigger.branch) return passed;
    return event.branch === undefined
      ? failed(trigger.branch, 'no branch')
      : fullMatch(trigger.branch, event.branch, tools);
  },
};

/** A trigger that lists events takes only those, e.g. `pull_request:opened`. */
export const action: Check<GitEvent> = {
  rule: 'events',
  check: ({ events = [] }, event) => {
    if (events.length === 0 || (event.action !== undefined && events.includes(event.action))) return passed;
    return failed(events.join(' or '), event.action ?? 'no action');
  },
};

/** What a pull request brings must not hide what the trigger's author wrote: the original starts no such trigger. */
export const ownProperties: Check<GitEvent> = {
  rule: 'properties',
  check: ({ properties = {} }, { pullRequest }) => {
    const clash = Object.keys(pullRequest).find((name) => Object.hasOwn(properties, name));
    if (clash === undefined) return passed;
    return failed(`a trigger without a property ${clash} of its own, which the event has`, 'a trigger with one');
  },
};
