import { createHmac } from 'node:crypto';

/** What is signed: the receiver tells repeats of a message by its id. */
export interface SignedMessage {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly body: string;
}

const PREFIX = 'whsec_';

const keyOf = (secret: string): Buffer =>
  Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');

/**
 * The headers by which a receiver knows that a message is Echo's and new, by the Standard Webhooks specification. With
 * several secrets there is one signature for each, so that a secret can be changed without a gap.
 *
 * @param secrets base64, with or without the prefix `whsec_`
 */
export function signatureHeaders(secrets: readonly string[], { id, at, body }: SignedMessage): Record<string, string> {
  if (secrets.length === 0) return {};
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
