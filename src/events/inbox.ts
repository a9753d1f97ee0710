import { type Identity, carried } from '../platform/request-context/index.js';
import { InvalidRequestError } from '../platform/errors/index.js';
import { type EchoEvent, typeOf } from './event.js';

/** Types of events in which Echo tells of itself (`rest.endpoints[].routerEvents`). */
const OWN_TYPE = /^echo:/i;

const reserved = (type: string): InvalidRequestError =>
  new InvalidRequestError(
    `details.type: ${type} is for what Echo tells of itself: choose another type.`,
    'reserved-type',
  );

/** An event on its way in: accepted, not yet stored. */
export interface IncomingEvent {
  readonly event: EchoEvent;
  readonly identity: Identity;
  /**
   * Request headers that matching needs and nobody else may see (signatures). They stay in the inbox and are never
   * forwarded, answered or logged.
   */
  readonly privateHeaders?: Readonly<Record<string, readonly string[]>>;
  /**
   * What a sender that repeats itself calls this message, with the sender: two events with the same key are one event,
   * and the second is answered as the first was and not dispatched.
   */
  readonly dedupeKey?: string;
  /** Inbox id of the recorded event that this one repeats, as an operator wanted. */
  readonly replayOf?: string;
  /** Who wanted that: the name of the token. */
  readonly replayedBy?: string;
}

/** An event that the inbox has taken: from here on it is not lost. */
export interface ReceivedEvent extends IncomingEvent {
  /** Echo's own id of the event, a ULID. Senders repeat or omit theirs; this one is unique. */
  readonly inboxId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Set where `dedupeKey` was known: `inboxId` is that of the first event, and nothing new happens. */
  readonly repeated?: true;
}

/**
 * The one way in. Accepting means: store, answer; the event is then given to every `EventListener`.
 *
 * What must hold with several instances: an accepted event is dispatched by one instance at a time, and if that
 * instance dies before every listener has finished, by another one. Listeners may therefore see an event twice and
 * make their effects unique by `inboxId`.
 */
export abstract class Inbox {
  /**
   * Takes an event. Resolves when it is stored as durably as the implementation can; dispatch happens afterwards.
   * Rejects with `OverloadedError` when there is no room: then nothing was stored and the sender has to repeat; and with a
   * 400 for an event that passes itself off as one of Echo's own, which never come this way.
   */
  accept(incoming: IncomingEvent): Promise<ReceivedEvent> {
    const type = typeOf(incoming.event);
    if (OWN_TYPE.test(type)) return Promise.reject(reserved(type));
    return this.admit({ ...incoming, identity: carried(incoming.identity) });
  }

  /** `accept`, for events that others may send. */
  protected abstract admit(incoming: IncomingEvent): Promise<ReceivedEvent>;

  /** How many accepted events have listeners that have not finished, on this instance. */
  abstract depth(): number;
}
