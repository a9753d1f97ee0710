/**
 * Says up to which instant this instance may claim slots, where several clusters share one store (`echo.cluster`): one
 * whose switch is off leaves slots to another that is on.
 */
export abstract class ClusterGate {
  /** Whether the switches decide at the claim: a slot that was claimed while this cluster was on goes out in any case. */
  abstract readonly decidesAtClaim: boolean;

  /**
   * The last instant whose slots may be claimed; milliseconds since the epoch, minus infinity where none may.
   *
   * @param now the current instant
   * @param lookAheadMs how far ahead slots are claimed where nothing stands against it
   */
  abstract horizon(now: number, lookAheadMs: number): number;

  /** Calls `listener` when the horizon may have moved. */
  abstract onChange(listener: () => void): void;
}

/** One instance: nothing stands against a claim. What must not be started is suppressed. */
export class OpenGate extends ClusterGate {
  readonly decidesAtClaim = false;

  horizon(now: number, lookAheadMs: number): number {
    return now + lookAheadMs;
  }

  onChange(): void {
    // It never moves.
  }
}
