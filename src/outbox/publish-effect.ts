import type { Publication } from '../events/index.js';

/** The kind of effect that brings something to a topic; the publishers of `pubsub` perform it. */
export const PUBLISH = 'publish';

/** What such an effect needs. Whoever wants something published submits one. */
export interface PublishEffect extends Publication {
  /** Name of the publisher, in any case. */
  readonly publisher: string;
  /** Its system in lower case, where only that one is meant. */
  readonly system?: string;
  /** What the publisher must be for, where only such a one is meant. */
  readonly content?: 'ALL' | 'NOTIFICATIONS';
}
