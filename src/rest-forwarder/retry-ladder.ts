import { BadAnswerError, UnsendableCallError } from '../platform/http/index.js';
import type { Endpoint } from './endpoint.js';

/** The pause before the next try, in milliseconds. */
export interface Pause {
  readonly kind: 'fast' | 'slow';
  readonly ms: number;
}

const FAST_MS = 200;
const GONE = 410;
const LONGEST_WISH_S = 3600;

/** 400 and 404 stay what they are (edges.md §6.3); so do a receiver that is gone and a call that cannot be made. */
export function isFinal(error: unknown): boolean {
  if (error instanceof BadAnswerError) return !error.retryable || error.answer.status === GONE;
  return error instanceof UnsendableCallError;
}

/**
 * The pause after try number `tries`: `retryCount` fast tries come first, then one slow try for each of the endpoint's
 * delays unless it is not durable. A receiver that names a time is not asked sooner.
 *
 * @returns nothing where there is no further try
 */
export function nextPause(
  { retryCount, durable, retryDelays }: Pick<Endpoint, 'retryCount' | 'durable' | 'retryDelays'>,
  tries: number,
  error?: unknown,
): Pause | undefined {
  const fastTries = Math.max(1, retryCount);
  if (tries < fastTries) return { kind: 'fast', ms: FAST_MS };
  const delay = durable ? retryDelays[tries - fastTries] : undefined;
  if (delay === undefined) return undefined;
  const wish = error instanceof BadAnswerError ? (error.retryAfterSeconds ?? 0) : 0;
  return { kind: 'slow', ms: Math.max(delay, Math.min(wish, LONGEST_WISH_S) * 1000) };
}
