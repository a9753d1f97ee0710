import { instantOf, wordOf } from '../platform/query/index.js';

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
  /** Only events with greater inbox ids: the next page of those who go from the oldest to the newest. */
  readonly after?: string;
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
  readonly replayedBy?: string;
}

export type Order = 'newest first' | 'oldest first';

/** What a list is asked for. */
export type AskedEvents = Readonly<Record<string, string | undefined>>;

/** Throws 400 for what cannot be understood. */
export function eventFilterOf({ type, source, application, from, to, state, before, after }: AskedEvents): EventFilter {
  return {
    ...(type !== undefined && { type }),
    ...(source !== undefined && { source }),
    ...(application !== undefined && { application }),
    ...(from !== undefined && { from: instantOf('from', from) }),
    ...(to !== undefined && { to: instantOf('to', to) }),
    ...(state !== undefined && { state: wordOf('state', ['open', 'done'] as const, state) }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}
