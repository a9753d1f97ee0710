import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidRequestError } from '../../../platform/errors/index.js';

/** A request that is older may have been recorded and sent again. */
const WINDOW_MS = 5 * 60_000;

interface Signed {
  readonly secret: string;
  /** Seconds since the epoch, as Slack wrote them. */
  readonly timestamp: string;
  readonly body: string;
}

/** Slack's signature of a request. An asterisk counts as encoded, as in the original, which did not see the raw body. */
export function slackSignature({ secret, timestamp, body }: Signed): string {
  const text = `v0:${timestamp}:${body.replaceAll('*', '%2A')}`;
  return `v0=${createHmac('sha256', secret).update(text).digest('hex')}`;
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Throws a 400 for a request that Slack has not signed, or that is older than five minutes.
 * @param now milliseconds since the epoch
 */
export function checkSigned(signed: Signed, signature: string, now: number): void {
  if (!/^[+-]?\d+$/.test(signed.timestamp)) throw new InvalidRequestError(`For input string: "${signed.timestamp}"`);
  if (Number(signed.timestamp) * 1000 + WINDOW_MS < now) {
    throw new InvalidRequestError('Slack request timestamp is older than 5 minutes. Replay attack?', 'replayed');
  }
  // Slack signs the bytes that it sends; whoever rebuilds the body in between encodes asterisks.
  const raw = `v0=${createHmac('sha256', signed.secret).update(`v0:${signed.timestamp}:${signed.body}`).digest('hex')}`;
  if (isEqual(signature, slackSignature(signed)) || isEqual(signature, raw)) return;
  throw new InvalidRequestError('Invalid Slack signature header.', 'wrong-signature');
}
