/** Which events are meant; what is absent does not matter. Times are milliseconds since the epoch. */
export interface EventFilter {
  readonly type?: string;
  readonly source?: string;
  readonly application?: string;
  readonly from?: number;
  readonly to?: number;
  /** `open` events have listeners that have not finished. */
  readonly state?: 'open' | 'done';
  /** Only events with smaller inbox ids: the next page. */
  readonly before?: string;
}

/** What lists show of an event. */
export interface ListedEvent {
  readonly inboxId: string;
  readonly receivedAt: number;
  readonly eventId: string | null;
  readonly type: string;
  readonly source: string | null;
  readonly application: string | null;
  readonly state: 'open' | 'done';
  /** Inbox id of the event that this one repeats. */
  readonly replayOf?: string;
}
