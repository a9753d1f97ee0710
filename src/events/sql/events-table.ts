import { type Lease, type Transaction, type Unleased, textOf } from '../../platform/database/index.js';
import { type JsonValue, parseJson, stringifyJson } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import { type EchoEvent, typeOf } from '../event.js';
import type { ReceivedEvent } from '../inbox.js';

interface EventRow {
  readonly inbox_id: string;
  readonly received_at: string;
  readonly event: string;
  readonly identity: Identity;
  readonly private_headers: Record<string, string[]> | null;
  readonly replay_of: string | null;
  readonly replayed_by: string | null;
}

interface ClaimedRow extends EventRow {
  readonly abandoned: boolean;
}

/** An event that was claimed; `isAbandoned` when another instance had it, and is gone. */
export interface ClaimedEvent {
  readonly received: ReceivedEvent;
  readonly isAbandoned: boolean;
}

/** Of messages that may be repeated only the first one becomes an event; one statement, so one commit for all. */
const INSERT = `
  WITH incoming AS (
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::json[], $4::jsonb[], $5::jsonb[], $6::text[], $7::text[],
                         $8::text[], $9::text[], $10::int[], $11::text[], $14::text[], $15::text[])
      AS i (inbox_id, received_at, event, identity, private_headers, event_id, type, source, application, bytes, dedupe_key, replay_of,
            replayed_by)
  ), firsts AS (
    INSERT INTO event_repeats (dedupe_key, inbox_id, received_at)
    SELECT dedupe_key, inbox_id, received_at FROM incoming WHERE dedupe_key IS NOT NULL ORDER BY dedupe_key
    ON CONFLICT DO NOTHING
    RETURNING inbox_id
  ), written AS (
    INSERT INTO events (inbox_id, received_at, event, identity, private_headers, event_id, type, source, application,
                        bytes, replay_of, replayed_by)
    SELECT inbox_id, received_at, event, identity, private_headers, event_id, type, source, application, bytes, replay_of,
           replayed_by
    FROM incoming WHERE dedupe_key IS NULL OR inbox_id IN (SELECT inbox_id FROM firsts)
    RETURNING inbox_id
  )
  INSERT INTO open_events (inbox_id, leased_by, leased_until) SELECT inbox_id, $12, $13 FROM written
  RETURNING inbox_id`;

const COLUMNS = 'inbox_id, received_at, event::text AS event, identity, private_headers, replay_of, replayed_by';

const CLAIM = `
  WITH due AS (
    SELECT inbox_id, leased_by IS NOT NULL AS abandoned FROM open_events
    WHERE leased_until <= $1 AND (leased_by IS NULL OR leased_until <= $5)
    ORDER BY inbox_id LIMIT $4 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE open_events o SET leased_by = $2, leased_until = $3 FROM due WHERE o.inbox_id = due.inbox_id
  )
  SELECT ${COLUMNS}, abandoned FROM due JOIN events USING (inbox_id) ORDER BY inbox_id`;

/** What orca says of its tasks is much, and of no use any more. */
const DONE = `
  WITH closed AS (
    DELETE FROM open_events WHERE inbox_id = ANY($1) AND leased_by = $2 RETURNING inbox_id
  )
  UPDATE events SET event = json_build_object('details', event -> 'details', 'eventId', event_id)
  FROM closed WHERE events.inbox_id = closed.inbox_id AND closed.inbox_id = ANY($3)`;

const TASK = 'orca:task:';

const eventOf = (row: EventRow): ReceivedEvent => ({
  event: parseJson(row.event) as unknown as EchoEvent,
  identity: row.identity,
  inboxId: row.inbox_id,
  receivedAt: Number(row.received_at),
  ...(row.private_headers && { privateHeaders: row.private_headers }),
  ...(row.replay_of !== null && { replayOf: row.replay_of }),
  ...(row.replayed_by !== null && { replayedBy: row.replayed_by }),
});

/** The statements over the table of events. */
export const eventsTable = {
  /** Writes events down; answers the inbox ids of those that are no repeats. */
  async insert(on: Transaction, events: readonly ReceivedEvent[], lease: Lease | Unleased): Promise<Set<string>> {
    const column = <T>(read: (received: ReceivedEvent) => T): T[] => events.map(read);
    const texts = column(({ event }) => stringifyJson(event as unknown as JsonValue));
    const written = await on.query<{ inbox_id: string }[]>(INSERT, [
      column(({ inboxId }) => inboxId),
      column(({ receivedAt }) => receivedAt),
      texts,
      column(({ identity }) => JSON.stringify(identity)),
      column(({ privateHeaders }) => (privateHeaders ? JSON.stringify(privateHeaders) : null)),
      column(({ event }) => textOf(event.eventId)),
      column(({ event }) => textOf(event.details?.type) ?? ''),
      column(({ event }) => textOf(event.details?.source)),
      column(({ event }) => textOf(event.details?.application)),
      texts.map((text) => Buffer.byteLength(text)),
      column(({ dedupeKey }) => textOf(dedupeKey)),
      lease.by,
      lease.until,
      column(({ replayOf }) => replayOf ?? null),
      column(({ replayedBy }) => textOf(replayedBy)),
    ]);
    return new Set(written.map(({ inbox_id }) => inbox_id));
  },

  /** The inbox ids of the first messages with these keys. */
  async firsts(on: Transaction, keys: readonly string[]): Promise<Map<string, string>> {
    const sql = 'SELECT dedupe_key, inbox_id FROM event_repeats WHERE dedupe_key = ANY($1)';
    const rows = await on.query<{ dedupe_key: string; inbox_id: string }[]>(sql, [keys.map(textOf)]);
    return new Map(rows.map(({ dedupe_key, inbox_id }) => [dedupe_key, inbox_id]));
  },

  /** The latest event with this id, the sender's or Echo's own. */
  async find(on: Transaction, id: string): Promise<ReceivedEvent | undefined> {
    const sql = `SELECT ${COLUMNS} FROM events
                 WHERE inbox_id = $1 OR event_id = $1 ORDER BY inbox_id DESC LIMIT 1`;
    const [row] = await on.query<EventRow[]>(sql, [textOf(id)]);
    return row && eventOf(row);
  },

  /** Leases events that nobody has, and those whose instance is gone, the oldest first. */
  async claim(
    on: Transaction,
    { now, abandonedBefore, most }: { now: number; abandonedBefore: number; most: number },
    lease: Lease,
  ): Promise<ClaimedEvent[]> {
    const rows = await on.query<ClaimedRow[]>(CLAIM, [now, lease.by, lease.until, most, abandonedBefore]);
    return rows.map((row) => ({ received: eventOf(row), isAbandoned: row.abandoned }));
  },

  async renew(on: Transaction, ids: readonly string[], lease: Lease): Promise<void> {
    // Rows that are being closed are passed over: they need no lease, and waiting for them could be a deadlock.
    const sql = `
      WITH own AS (
        SELECT inbox_id FROM open_events WHERE inbox_id = ANY($1) AND leased_by = $2 FOR UPDATE SKIP LOCKED
      )
      UPDATE open_events o SET leased_until = $3 FROM own WHERE o.inbox_id = own.inbox_id`;
    await on.query(sql, [ids, lease.by, lease.until]);
  },

  /** Hands events back: whoever looks next goes on with them. */
  async release(on: Transaction, ids: readonly string[], by: string, now: number): Promise<void> {
    const sql =
      'UPDATE open_events SET leased_by = NULL, leased_until = $3 WHERE inbox_id = ANY($1) AND leased_by = $2';
    await on.query(sql, [ids, by, now]);
  },

  /** Every listener has finished with these. */
  async done(on: Transaction, events: readonly ReceivedEvent[], by: string): Promise<void> {
    const tasks = events.filter(({ event }) => typeOf(event).startsWith(TASK));
    await on.query(DONE, [events.map(({ inboxId }) => inboxId), by, tasks.map(({ inboxId }) => inboxId)]);
  },
};
