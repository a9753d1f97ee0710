import { Injectable } from '@nestjs/common';
import { type JsonValue, parseJson, stringifyJson } from '../../platform/json/index.js';
import { Settings } from '../../platform/settings/index.js';
import { EventArchive } from '../event-archive.js';
import { typeOf } from '../event.js';
import type { EventFilter, ListedEvent, Order } from '../event-filter.js';
import { eventsConfig } from '../events.config.js';
import type { ReceivedEvent } from '../inbox.js';
import { AgedOut } from './aged-out.js';

interface Kept {
  readonly listed: ListedEvent;
  /** As JSON: its length says how much room it takes. */
  readonly text: string;
}

/** How full the archive is after the oldest events had to go. */
const KEPT_SHARE = 0.9;

/** The latest events of one instance without a database, as many as there is room for. */
@Injectable()
export class MemoryEventArchive extends EventArchive {
  /** Oldest first. */
  private readonly kept = new Map<string, Kept>();
  private characters = 0;
  private readonly room: number;

  constructor(
    settings: Settings,
    private readonly agedOut: AgedOut,
  ) {
    super();
    this.room = settings.get(eventsConfig.archiveSize);
  }

  keep(received: ReceivedEvent): void {
    const text = stringifyJson(received as unknown as JsonValue);
    if (text.length > this.room) return;
    this.kept.set(received.inboxId, { listed: listedAs(received), text });
    this.characters += text.length;
    if (this.characters > this.room) this.makeRoom();
  }

  /** More than is needed: to find the oldest entry of a map costs the more, the more were deleted before it. */
  private makeRoom(): void {
    const before = this.kept.size;
    for (const [inboxId, { text }] of this.kept) {
      if (this.characters <= this.room * KEPT_SHARE || this.kept.size === 1) break;
      this.kept.delete(inboxId);
      this.characters -= text.length;
    }
    this.agedOut.note('events', before - this.kept.size, eventsConfig.archiveSize);
  }

  list(filter: EventFilter, limit: number, order?: Order): Promise<ListedEvent[]> {
    const { type, source, application, from, to, state, before, after } = filter;
    const meant = (event: ListedEvent): boolean =>
      (type === undefined || event.type === type) &&
      (source === undefined || event.source === source) &&
      (application === undefined || event.application === application) &&
      (from === undefined || event.receivedAt >= from) &&
      (to === undefined || event.receivedAt <= to) &&
      (state === undefined || event.state === state) &&
      (before === undefined || event.inboxId < before) &&
      (after === undefined || event.inboxId > after);
    const found = [...this.kept.values()].map(({ listed }) => listed).filter(meant);
    return Promise.resolve((order === 'oldest first' ? found : found.reverse()).slice(0, limit));
  }

  find(id: string): Promise<ReceivedEvent | undefined> {
    const found = this.kept.get(id) ?? [...this.kept.values()].findLast(({ listed }) => listed.eventId === id);
    return Promise.resolve(found && (parseJson(found.text) as unknown as ReceivedEvent));
  }
}

const listedAs = ({ inboxId, receivedAt, event, replayOf, replayedBy }: ReceivedEvent): ListedEvent => ({
  inboxId,
  receivedAt,
  eventId: event.eventId,
  type: typeOf(event),
  source: event.details?.source ?? null,
  application: event.details?.application ?? null,
  // It is kept when its triggers were looked at.
  state: 'done',
  ...(replayOf !== undefined && { replayOf }),
  ...(replayedBy !== undefined && { replayedBy }),
});
