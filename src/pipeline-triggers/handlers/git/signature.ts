import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Check, type CheckResult, type RequestHeaders, failed, passed } from '../../trigger-handler.js';
import type { GitEvent } from './git-event.js';

/** A signature as a header gives it. */
interface Signature {
  readonly algorithm: 'sha1' | 'sha256';
  /** Hexadecimal digits, lower case. */
  readonly digits: string;
}

const HEADER = 'x-hub-signature';
/** GitHub signs twice; the stronger signature counts. */
const STRONGER_HEADER = 'x-hub-signature-256';
const PREFIX = /^(sha1|sha256)=/;

const has = (headers: RequestHeaders, name: string): boolean => Object.hasOwn(headers, name);

/** Without a prefix it is a SHA-1; Bitbucket puts a SHA-256 into the header that is SHA-1's elsewhere. */
function signatureIn(headers: RequestHeaders): Signature | undefined {
  const [value] = (has(headers, STRONGER_HEADER) ? headers[STRONGER_HEADER] : headers[HEADER]) ?? [];
  if (value === undefined) return undefined;
  const algorithm = PREFIX.exec(value)?.[1] === 'sha256' ? 'sha256' : 'sha1';
  return { algorithm, digits: value.replace(PREFIX, '').toLowerCase() };
}

function isOf({ algorithm, digits }: Signature, secret: string, text: string): boolean {
  const right = Buffer.from(createHmac(algorithm, secret).update(text).digest('hex'));
  const given = Buffer.from(digits);
  return given.length === right.length && timingSafeEqual(given, right);
}

function verified(secret: string, { headers, rawContent }: GitEvent): CheckResult {
  const given = signatureIn(headers);
  if (!given) return failed("an event signed with the trigger's secret", 'no signature');
  if (rawContent === undefined) return failed('the text that was signed', 'an event without rawContent');
  return isOf(given, secret, rawContent) ? passed : failed("a signature by the trigger's secret", 'another signature');
}

/**
 * The rule about signatures, whatever the source (edges.md §3.7, decisions.md 20): a trigger with a secret takes only
 * events signed with it, and one without only events that are not signed.
 *
 * @param sharedSecret the secret of triggers that have none of their own; `''` for none
 */
export const signature = (sharedSecret: string): Check<GitEvent> => ({
  rule: 'signature',
  check: (trigger, event) => {
    const secret = trigger.secret || sharedSecret;
    if (secret !== '') return verified(secret, event);
    return has(event.headers, HEADER)
      ? failed('an event without signature: the trigger has no secret', 'a signed event')
      : passed;
  },
});
