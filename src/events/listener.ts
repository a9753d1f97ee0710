import { extensionPoint } from '../platform/extension/index.js';
import type { EchoEvent } from './event.js';
import type { ReceivedEvent } from './inbox.js';

/**
 * Sees every event. Add the decorator and put the class among the `providers` of any module:
 *
 * ```ts
 * @EchoEventListener({ name: 'audit' })
 * export class AuditListener implements EventListener {
 *   processEvent(event: EchoEvent): void { … }
 * }
 * ```
 *
 * Listeners run side by side; one that throws or hangs is logged and counted and does not hinder another. An event
 * may come twice (after a crash): use `received.inboxId` where that matters.
 */
export interface EventListener {
  processEvent(event: EchoEvent, received: ReceivedEvent): void | Promise<void>;
}

export interface EventListenerOptions {
  /** Names the listener in logs and metrics; unique. */
  readonly name: string;
}

export const eventListeners = extensionPoint<EventListener, EventListenerOptions>(
  'echo:event-listener',
  'event listener',
  ['processEvent'],
);

/** Makes a provider an event listener. */
export const EchoEventListener = eventListeners.decorator;
