import { type Lease, type Transaction, textOf } from '../../platform/database/index.js';
import { type JsonValue, parseJson, stringifyJson } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import type { EchoEvent } from '../event.js';
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
  )
  INSERT INTO events (inbox_id, received_at, event, identity, private_headers, event_id, type, source, application,
                      bytes, replay_of, replayed_by, leased_by, leased_until)
  SELECT inbox_id, received_at, event, identity, private_headers, event_id, type, source, application, bytes, replay_of,
         replayed_by, $12, $13
  FROM incoming WHERE dedupe_key IS NULL OR inbox_id IN (SELECT inbox_id FROM firsts)
  RETURNING inbox_id`;

const CLAIM = `
  WITH due AS (
    SELECT inbox_id AS due_id FROM events
    WHERE done_at IS NULL AND leased_until <= $1 AND (leased_by IS NULL OR leased_until <= $5)
    ORDER BY leased_until LIMIT $4 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE events SET leased_by = $2, leased_until = $3 FROM due WHERE inbox_id = due_id
    RETURNING inbox_id, received_at, event::text AS event, identity, private_headers, replay_of, replayed_by
  )
  SELECT * FROM claimed`;

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
  async insert(on: Transaction, events: readonly ReceivedEvent[], lease: Lease): Promise<Set<string>> {
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
    const sql = `SELECT inbox_id, received_at, event::text AS event, identity, private_headers, replay_of, replayed_by FROM events
                 WHERE inbox_id = $1 OR event_id = $1 ORDER BY inbox_id DESC LIMIT 1`;
    const [row] = await on.query<EventRow[]>(sql, [textOf(id)]);
    return row && eventOf(row);
  },

  /** Leases events whose instance is gone. */
  async claim(
    on: Transaction,
    { now, abandonedBefore, most }: { now: number; abandonedBefore: number; most: number },
    lease: Lease,
  ): Promise<ReceivedEvent[]> {
    const values = [now, lease.by, lease.until, most, abandonedBefore];
    return (await on.query<EventRow[]>(CLAIM, values)).map(eventOf);
  },

  async renew(on: Transaction, ids: readonly string[], lease: Lease): Promise<void> {
    const sql = 'UPDATE events SET leased_until = $3 WHERE inbox_id = ANY($1) AND leased_by = $2 AND done_at IS NULL';
    await on.query(sql, [ids, lease.by, lease.until]);
  },

  /** Hands events back: whoever looks next goes on with them. */
  async release(on: Transaction, ids: readonly string[], by: string, now: number): Promise<void> {
    const sql =
      'UPDATE events SET leased_by = NULL, leased_until = $3 WHERE inbox_id = ANY($1) AND leased_by = $2 AND done_at IS NULL';
    await on.query(sql, [ids, by, now]);
  },

  /** Every listener has finished with these. What orca says of its tasks is much, and of no use any more. */
  async done(on: Transaction, ids: readonly string[], by: string, now: number): Promise<void> {
    await on.query(
      `UPDATE events SET done_at = $3, leased_by = NULL, leased_until = NULL,
         event = CASE WHEN type LIKE 'orca:task:%' THEN json_build_object('details', event -> 'details', 'eventId', event_id)
                      ELSE event END
       WHERE inbox_id = ANY($1) AND leased_by = $2`,
      [ids, by, now],
    );
  },
};
