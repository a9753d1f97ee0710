import { EchoError, messageOf } from '../platform/errors/index.js';
import { BadAnswerError } from '../platform/http/index.js';
import type { Outcome } from './effect.js';

/** What an attempt that failed with this error comes to: another one if that can help, by the policy of the kind. */
export function failedAttempt(error: unknown): Outcome<never> {
  const retryable = error instanceof EchoError && error.retryable;
  if (!retryable) return { kind: 'dead', error: messageOf(error) };
  const seconds = error instanceof BadAnswerError ? error.retryAfterSeconds : undefined;
  return { kind: 'retry', error: error.message, ...(seconds !== undefined && { atLeastMs: seconds * 1000 }) };
}
