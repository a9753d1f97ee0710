/** One start that is about to be made. */
export interface Claim {
  /** What must not start twice: the trigger and the news. */
  readonly key: string;
  /** The inbox id of the event: an event that is processed again, after a crash, does not repeat itself. */
  readonly claimant: string;
  /** When the event came, milliseconds since the epoch. */
  readonly at: number;
  readonly windowMs: number;
}

export type ClaimOutcome =
  | { readonly kind: 'first' }
  /** @param since when the first of them came, milliseconds since the epoch */
  | { readonly kind: 'repeated'; readonly since: number };

/**
 * Remembers for a while what has started what, against senders that tell the same news again (`events.dedupe.builds`).
 *
 * What must hold with several instances: of all that claim one key within the window, wherever, exactly one claimant is
 * first; asked again it is first again.
 */
export abstract class Repeats {
  abstract claim(claim: Claim): Promise<ClaimOutcome>;
}
