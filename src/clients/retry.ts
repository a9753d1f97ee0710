import type { Clock } from '../platform/clock/index.js';
import { EchoError } from '../platform/errors/index.js';

/**
 * Does the work, and again after each pause (milliseconds) as long as it fails in a way that may pass. Rejects with
 * the last failure.
 */
export async function withRetries<T>(work: () => Promise<T>, pauses: Iterable<number>, clock: Clock): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EchoError) || !error.retryable) throw error;
    }
    await clock.sleep(pause);
  }
  return work();
}
