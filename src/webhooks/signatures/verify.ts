import { createHmac } from 'node:crypto';
import { type Headers, headerOf, hubSignature, isHubSigned, sameText } from '../../platform/signatures/index.js';
import type { SignatureRule } from './signature-rule.js';

/** A request as it was sent. */
export interface Signed {
  readonly headers: Headers;
  /** The very bytes of the body. */
  readonly body: Buffer;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export type Verification =
  | { readonly kind: 'valid' }
  /** @param reason says what is missing or wrong, and never what would be right */
  | { readonly kind: 'refused'; readonly reason: string };

type Scheme = (rule: SignatureRule, signed: Signed) => Verification;

const VALID: Verification = { kind: 'valid' };
const refused = (reason: string): Verification => ({ kind: 'refused', reason });
const missing = (...names: string[]): Verification => refused(`no ${names.join(' or ')} header`);
const WRONG = refused('a signature by none of the secrets');

const DEFAULT_TOKEN_HEADER = 'x-gitlab-token';
const DEFAULT_HMAC_HEADER = 'x-signature';

/** Whether a request is from who it should be from. All secrets are tried, whichever fits. */
export const verify: Scheme = (rule, signed) => SCHEMES[rule.scheme](rule, signed);

/** The headers that a rule reads and nobody else should see. */
export const secretHeadersOf = ({ scheme, header }: SignatureRule): readonly string[] => {
  if (header !== undefined) return [header];
  return scheme === 'hmac' ? [DEFAULT_HMAC_HEADER] : [];
};

const SCHEMES: Readonly<Record<SignatureRule['scheme'], Scheme>> = {
  /** GitHub, Bitbucket, Gitea, Forgejo and whoever speaks WebSub. */
  hub: ({ secrets }, { headers, body }) => {
    const signature = hubSignature(headers);
    if (!signature) return missing('X-Hub-Signature-256', 'X-Hub-Signature');
    return secrets.some((secret) => isHubSigned(signature, secret, body)) ? VALID : WRONG;
  },

  /** GitLab, Harbor, Artifactory: the secret itself is sent. */
  token: ({ secrets, header = DEFAULT_TOKEN_HEADER }, { headers }) => {
    const token = headerOf(headers, header);
    if (token === undefined) return missing(header);
    return secrets.some((secret) => sameText(secret, token)) ? VALID : refused('a token that is none of the secrets');
  },

  hmac: (rule, signed) => {
    const { header = DEFAULT_HMAC_HEADER, prefix, timestampHeader } = rule;
    const given = headerOf(signed.headers, header);
    if (given === undefined) return missing(header);
    const stamp = timestampHeader === undefined ? undefined : headerOf(signed.headers, timestampHeader);
    if (timestampHeader !== undefined && stamp === undefined) return missing(timestampHeader);
    const stale = stamp === undefined ? undefined : staleness(stamp, rule, signed);
    if (stale !== undefined) return refused(stale);
    const content = stamp === undefined ? [signed.body] : [`${stamp}.`, signed.body];
    const value = given.startsWith(prefix) ? given.slice(prefix.length) : given;
    return signedBy(rule.secrets, rule, content, rule.encoding === 'hex' ? value.toLowerCase() : value) ? VALID : WRONG;
  },

  /** The Standard Webhooks specification: an id and a time are signed with the body. */
  standard: (rule, signed) => {
    const [id, stamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
      headerOf(signed.headers, name),
    );
    if (id === undefined || stamp === undefined || signatures === undefined)
      return missing('webhook-id, webhook-timestamp and webhook-signature');
    const stale = staleness(stamp, rule, signed);
    if (stale !== undefined) return refused(stale);
    const given = signatures.split(' ').flatMap((item) => (item.startsWith('v1,') ? [item.slice(3)] : []));
    const keys = rule.secrets.map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
    const options = { algorithm: 'sha256', encoding: 'base64' } as const;
    const content = [`${id}.${stamp}.`, signed.body];
    return given.slice(0, MAX_SIGNATURES).some((value) => signedBy(keys, options, content, value)) ? VALID : WRONG;
  },
};

/** A sender that changes its secret sends two; who sends hundreds wants Echo to be busy. */
const MAX_SIGNATURES = 10;

function staleness(stamp: string, { toleranceMs }: SignatureRule, { at }: Signed): string | undefined {
  if (!/^\d{1,12}$/.test(stamp)) return 'a timestamp that is none: seconds since 1970 are expected';
  const age = at - Number(stamp) * 1000;
  if (Math.abs(age) <= toleranceMs) return undefined;
  return `a message ${age < 0 ? 'from the future' : 'that is too old'}: ${Math.round(Math.abs(age) / 1000)} s`;
}

function signedBy(
  secrets: readonly (string | Buffer)[],
  { algorithm, encoding }: Pick<SignatureRule, 'algorithm' | 'encoding'>,
  content: readonly (string | Buffer)[],
  given: string,
): boolean {
  return secrets.some((secret) => {
    const hmac = createHmac(algorithm, secret);
    for (const part of content) hmac.update(part);
    return sameText(hmac.digest(encoding), given);
  });
}
