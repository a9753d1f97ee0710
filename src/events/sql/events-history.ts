import { type Transaction, deleteInBatches, firstIdAt, whereOf } from '../../platform/database/index.js';
import type { EventFilter, ListedEvent, Order } from '../event-filter.js';

interface ListedRow {
  readonly inbox_id: string;
  readonly received_at: string;
  readonly event_id: string | null;
  readonly type: string;
  readonly source: string | null;
  readonly application: string | null;
  readonly done: boolean;
  readonly replay_of: string | null;
  readonly replayed_by: string | null;
}

const listed = (row: ListedRow): ListedEvent => ({
  inboxId: row.inbox_id,
  receivedAt: Number(row.received_at),
  eventId: row.event_id,
  type: row.type,
  source: row.source,
  application: row.application,
  state: row.done ? 'done' : 'open',
  ...(row.replay_of !== null && { replayOf: row.replay_of }),
  ...(row.replayed_by !== null && { replayedBy: row.replayed_by }),
});

/** No listener has it any more. */
const DONE = 'NOT EXISTS (SELECT FROM open_events o WHERE o.inbox_id = events.inbox_id)';

/** The inbox id of the newest event that is beyond the budget when the finished ones are counted from the newest. */
const OVER_BUDGET = `
  SELECT inbox_id FROM (
    SELECT inbox_id, sum(bytes) OVER (ORDER BY inbox_id DESC) AS bytes FROM events WHERE ${DONE}
  ) counted
  WHERE bytes > $1 ORDER BY inbox_id DESC LIMIT 1`;

/** The statements of those who look at events, and clear them away. */
export const eventsHistory = {
  async list(on: Transaction, filter: EventFilter, limit: number, order?: Order): Promise<ListedEvent[]> {
    const { type, source, application, from, to, state, before, after } = filter;
    const { where, values } = whereOf([
      ['type =', type],
      ['source =', source],
      ['application =', application],
      ['inbox_id >=', from && firstIdAt(from)],
      ['inbox_id <', to && firstIdAt(to + 1)],
      ['inbox_id <', before],
      ['inbox_id >', after],
      [
        state === 'open' ? `inbox_id IN (SELECT inbox_id FROM open_events) AND 'open' =` : `${DONE} AND 'done' =`,
        state,
      ],
    ]);
    const sql = `SELECT inbox_id, received_at, event_id, type, source, application, ${DONE} AS done, replay_of,
                   replayed_by
                 FROM events ${where} ORDER BY inbox_id ${order === 'oldest first' ? 'ASC' : 'DESC'} LIMIT ${limit}`;
    return (await on.query<ListedRow[]>(sql, values)).map(listed);
  },

  /** Forgets finished events from before an instant, and repeats of as long ago; answers how many events. */
  async forget(on: Transaction, before: number): Promise<number> {
    const gone = await deleteInBatches(on, 'events', 'inbox_id', `inbox_id < $1 AND ${DONE}`, [firstIdAt(before)]);
    await deleteInBatches(on, 'event_repeats', 'dedupe_key', 'received_at < $1', [before]);
    return gone;
  },

  /** Forgets the oldest finished events until the others have no more than so many bytes. */
  async forgetBeyond(on: Transaction, bytes: number): Promise<number> {
    const [newest] = await on.query<{ inbox_id: string }[]>(OVER_BUDGET, [bytes]);
    if (!newest) return 0;
    const values = [newest.inbox_id];
    return deleteInBatches(on, 'events', 'inbox_id', `inbox_id <= $1 AND ${DONE}`, values);
  },
};
