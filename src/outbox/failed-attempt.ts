import { EchoError, messageOf } from '../platform/errors/index.js';
import type { Outcome } from './effect.js';

/** What an attempt that failed with this error comes to: another one if that can help, by the policy of the kind. */
export function failedAttempt(error: unknown): Outcome<never> {
  const retryable = error instanceof EchoError && error.retryable;
  return { kind: retryable ? 'retry' : 'dead', error: messageOf(error) };
}
