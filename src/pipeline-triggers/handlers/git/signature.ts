import { headerOf, hubSignature, isHubSigned, isThroughGate, sameText } from '../../../platform/signatures/index.js';
import { type Check, type CheckResult, failed, passed } from '../../trigger-handler.js';
import type { GitEvent } from './git-event.js';

const HEADER = 'x-hub-signature';
/** GitLab does not sign: it tells the secret itself. */
const TOKEN_HEADER = 'x-gitlab-token';

const WANTED = "an event signed with the trigger's secret";
const NOT_PASSED_ON = ': gate passes on X-Hub-Signature alone (docs/webhooks.md, Signatures)';
const REWRITTEN = ': gate writes bodies anew, so that signatures may not fit (docs/webhooks.md, Signatures)';

function verified(secret: string, { headers, rawContent }: GitEvent): CheckResult {
  const given = hubSignature(headers);
  const hint = (text: string): string => (isThroughGate(headers) ? text : '');
  if (!given) return tokenCheck(secret, headerOf(headers, TOKEN_HEADER), hint(NOT_PASSED_ON));
  if (rawContent === undefined) return failed('the text that was signed', 'an event without rawContent');
  if (isHubSigned(given, secret, rawContent)) return passed;
  return failed("a signature by the trigger's secret", `another signature${hint(REWRITTEN)}`);
}

function tokenCheck(secret: string, token: string | undefined, hint: string): CheckResult {
  if (token === undefined) return failed(WANTED, `no signature${hint}`);
  return sameText(token, secret) ? passed : failed("the trigger's secret as X-Gitlab-Token", 'another one');
}

/**
 * The rule about signatures, whatever the source (edges.md §3.7, decisions.md 20): a trigger with a secret takes only
 * events signed with it, and one without only events that are not signed. For a trigger without a secret of its own, a
 * source that is verified as a whole (`webhooks.signatures`) is enough.
 *
 * @param sharedSecret the secret of triggers that have none of their own; `''` for none
 */
export const signature = (sharedSecret: string): Check<GitEvent> => ({
  rule: 'signature',
  check: (trigger, event) => {
    if (!trigger.secret && event.verified) return passed;
    const secret = trigger.secret || sharedSecret;
    if (secret !== '') return verified(secret, event);
    return Object.hasOwn(event.headers, HEADER)
      ? failed('an event without signature: the trigger has no secret', 'a signed event')
      : passed;
  },
});
