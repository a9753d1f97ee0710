import type { ReceivedEvent } from '../../events/index.js';
import type { Pipeline, Rejection, Subject } from '../../pipelines/index.js';
import type { Inquiry } from '../inquiry.js';

/** A pipeline that an event starts. */
export interface Match {
  readonly subject: Subject;
  /** With `trigger` and `receivedArtifacts` set. */
  readonly pipeline: Pipeline;
  /** Tags of the metric `pipelines.triggered`. */
  readonly tags: Readonly<Record<string, string>>;
  /** Manual starts run as the caller. */
  readonly actAsCaller: boolean;
  /** Set when the start cannot be made: it is reported to orca as failed. */
  readonly error?: string;
}

/** What one monitor made of one event. */
export interface Matching {
  readonly matches: readonly Match[];
  readonly rejections: readonly Rejection[];
  /** Rejections that are not listed because there were too many. */
  readonly omitted: number;
  /** Why the event is not what its type promises. */
  readonly unusable?: string;
}

export const NO_MATCH: Matching = { matches: [], rejections: [], omitted: 0 };

/** Finds what an event starts. Monitors are asked one after another and know nothing of each other. */
export interface Monitor {
  readonly name: string;
  accepts(eventType: string): boolean;
  /** @param inquiry asks others because of this event, as the caller who brought it */
  match(received: ReceivedEvent, inquiry: Inquiry): Promise<Matching>;
}
