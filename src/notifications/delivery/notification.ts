import type { Effect, NewEffect } from '../../outbox/index.js';
import type { JsonValue } from '../../platform/json/index.js';
import type { Line } from '../digests/digest.js';

/** The kind of effects that are notifications. */
export const NOTIFICATION = 'notification';

/** What a notification is about; for people who look for it, never for the delivery. */
export interface About {
  readonly application?: string | undefined;
  readonly executionId?: string | undefined;
  /** `pipeline.failed`, or the template group of a direct notification. */
  readonly occasion?: string | undefined;
}

/** One message on its way through the outbox. */
export interface NotificationPayload {
  readonly channel: string;
  readonly message: JsonValue;
  readonly about: About;
  /** Somebody waits for the outcome of the one attempt: it is not repeated (decisions.md 34). */
  readonly once?: boolean;
  /** Key of the digest that tells of it, and what that says; it is not sent by itself. */
  readonly digest?: string;
  readonly line?: Line;
}

export type NewNotification = NewEffect<NotificationPayload>;
export type Notification = Effect<NotificationPayload>;
