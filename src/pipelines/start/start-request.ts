import type { Cause } from '../../outbox/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import type { Pipeline } from '../model/pipeline.js';

/** Why a pipeline is started; the value of the metric tag `triggerSource`. */
export type StartSource = 'EXTERNAL_EVENT' | 'CRON_SCHEDULER' | 'COMPENSATION_SCHEDULER';

/** The request to run one pipeline, for one reason. */
export interface StartRequest {
  /** With `trigger` set: the reason, as orca will show it. */
  readonly pipeline: Pipeline;
  readonly source: StartSource;
  /** What is unique about the reason: the inbox id of an event, or a slot. */
  readonly reason: string;
  /** The instant of the event or slot, milliseconds since the epoch. */
  readonly at: number;
  /** Who caused it; a start made on behalf of a caller (`actAsCaller`) carries it unchanged. */
  readonly identity: Identity;
  /** Manual starts run as the caller; all others as the trigger's `runAsUser`, or as anonymous. */
  readonly actAsCaller: boolean;
  readonly cause: Cause;
  /** The unique key of the start where the reason alone decides it; by default reason, pipeline and trigger do. */
  readonly key?: string;
  /** It goes out at this instant, milliseconds since the epoch; whether it may is asked then. */
  readonly notBefore?: number;
  /** Whether it may go out is asked when it is written down, even where it goes out later. */
  readonly decidedAtOnce?: boolean;
  /** Somebody else may have made this start: orca is asked for it before it is posted. */
  readonly askFirst?: boolean;
  /** It is not made while the last run of its trigger is not over; that is asked right before it goes out. */
  readonly skipIfRunning?: boolean;
  /** What holds it back whatever the switches say: it is recorded and does not go out. */
  readonly heldBackBy?: string;
}
