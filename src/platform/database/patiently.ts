import type { Clock } from '../clock/index.js';
import { isPassing } from './database-fault.js';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

/**
 * Does what must not be given up because the database is away for a while: what an accepted event brings about. Repeats
 * `work` until it succeeds, and rejects only when it fails for another reason, or when it is not to go on any more.
 */
export async function patiently<T>(
  clock: Clock,
  work: () => Promise<T>,
  goesOn: () => boolean = () => true,
): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || !goesOn()) throw error;
      await clock.sleep(pauseMs);
    }
  }
}
