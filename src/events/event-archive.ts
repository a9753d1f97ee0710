import type { EventFilter, ListedEvent, Order } from './event-filter.js';
import type { ReceivedEvent } from './inbox.js';

/**
 * Accepted events that can be looked at again.
 *
 * What must hold with several instances: over a database every instance finds what any of them has taken.
 */
export abstract class EventArchive {
  /** Keeps an event that is worth a second look. Does nothing where the inbox keeps what it took anyway. */
  abstract keep(received: ReceivedEvent): void;

  /** The latest event with this id, the sender's or Echo's own; `undefined` when there is none, or none any more. */
  abstract find(id: string): Promise<ReceivedEvent | undefined>;

  /** Events, newest first unless told otherwise. */
  abstract list(filter: EventFilter, limit: number, order?: Order): Promise<ListedEvent[]>;
}
