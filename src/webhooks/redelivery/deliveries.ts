/** A delivery that had started pipelines. */
export interface Delivery {
  /** Names it across all hosts. */
  readonly key: string;
  readonly eventId: string | null;
  /** Of its executions, as far as they were known at once. */
  readonly executionIds: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Remembers the deliveries that had started pipelines, so that they start nothing when they come again.
 *
 * What must hold with several instances: what one has remembered all of them find; of two that remember the same key the
 * first stays.
 */
export abstract class Deliveries {
  /** @param since older ones may be forgotten, milliseconds since the epoch */
  abstract remember(delivery: Delivery, since: number): Promise<void>;

  /** @param since older ones do not count, milliseconds since the epoch */
  abstract find(key: string, since: number): Promise<Delivery | undefined>;
}
