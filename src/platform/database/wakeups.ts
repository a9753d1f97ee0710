/**
 * Tells instances that there may be something to do. A hint and no more: one that is lost (the connection was gone)
 * delays work until its next timed look. What is said inside a transaction is heard after its commit:
 * `SELECT pg_notify('echo', '<topic>')`.
 */
export abstract class Wakeups {
  /** Calls `listener` whenever some instance wakes `topic`, and when Echo begins to hear, at first or after a lost connection. */
  abstract on(topic: string, listener: () => void): void;

  /** Wakes the listeners of a topic in all instances. */
  abstract wake(topic: string): Promise<void>;
}

export const CHANNEL = 'echo';
