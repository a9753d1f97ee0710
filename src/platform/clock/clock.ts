/**
 * The one source of time. Everything that reads or waits for time takes a `Clock`, so that tests move it by hand.
 * Times are milliseconds since the Unix epoch (UTC), spans are milliseconds.
 */
export abstract class Clock {
  /** The current instant, in milliseconds since the epoch. */
  abstract now(): number;

  /** A monotonic reading in milliseconds, for measuring spans only; its zero has no meaning. */
  abstract monotonic(): number;

  /** Runs `task` once after `delayMs`; the returned function cancels it and may be called any number of times. */
  abstract after(delayMs: number, task: () => void): () => void;

  /** Resolves after `delayMs`; rejects with the signal's reason as soon as it is aborted. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const onAbort = (): void => {
        cancel();
        reject(signal?.reason as Error);
      };
      const cancel = this.after(delayMs, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }
}
