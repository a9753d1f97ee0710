import { createHmac } from 'node:crypto';
import { sameText } from './constant-time.js';
import type { Headers } from './headers.js';
import { headerOf } from './headers.js';

/** A signature as GitHub, Bitbucket and others put it into `X-Hub-Signature` and `X-Hub-Signature-256`. */
export interface HubSignature {
  readonly algorithm: 'sha1' | 'sha256';
  /** Hexadecimal digits, lower case. */
  readonly digits: string;
}

const HEADER = 'x-hub-signature';
/** GitHub signs twice; the stronger signature counts. */
const STRONGER_HEADER = 'x-hub-signature-256';
const PREFIX = /^(sha1|sha256)=/;

/** Without a prefix it is a SHA-1; Bitbucket puts a SHA-256 into the header that is SHA-1's elsewhere. */
export function hubSignature(headers: Headers): HubSignature | undefined {
  const value = headerOf(headers, Object.hasOwn(headers, STRONGER_HEADER) ? STRONGER_HEADER : HEADER);
  if (value === undefined) return undefined;
  const algorithm = PREFIX.exec(value)?.[1] === 'sha256' ? 'sha256' : 'sha1';
  return { algorithm, digits: value.replace(PREFIX, '').toLowerCase() };
}

/** Whether the signature is that of the body with the secret. */
export const isHubSigned = ({ algorithm, digits }: HubSignature, secret: string, body: string | Buffer): boolean =>
  sameText(createHmac(algorithm, secret).update(body).digest('hex'), digits);
