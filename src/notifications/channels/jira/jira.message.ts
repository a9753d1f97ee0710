import { InvalidRequestError } from '../../../platform/errors/index.js';
import type { JsonObject } from '../../../platform/json/index.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import { objectOf } from '../../events/occasion.js';
import { word } from '../../events/phrases.js';

export type JiraMessage =
  | { readonly kind: 'create'; readonly issue: JsonObject }
  | {
      readonly kind: 'transition';
      readonly issue: string;
      readonly change: JsonObject;
      readonly comment: string | null;
    };

/** Members of `details` are the issue's own, as in the original; the request stays as it is. */
function issueOf({ details, ...issue }: JsonObject): JsonObject {
  return { ...issue, ...objectOf(details) };
}

/** A transition where the context has one, otherwise a new issue (notifications.md §5.12). */
export function jiraMessage({ additionalContext: context }: DirectNotification): JiraMessage {
  const { issueContext = null, transitionContext = null, jiraIssue = null, comment = null } = context;
  if (transitionContext !== null) {
    if (jiraIssue === null) throw new InvalidRequestError('additionalContext lacks jiraIssue.');
    const change = objectOf(transitionContext);
    return { kind: 'transition', issue: word(jiraIssue), change, comment: comment === null ? null : word(comment) };
  }
  if (issueContext === null) throw new InvalidRequestError('additionalContext lacks issueContext.');
  return { kind: 'create', issue: issueOf(objectOf(issueContext)) };
}
