import type { EventDecided } from '../../pipelines/index.js';
import { MOST_EVENTS } from '../decision-log.js';
import { type Transaction, firstIdAt, textOf } from '../../platform/database/index.js';
import { type JsonValue, parseJson, stringifyJson } from '../../platform/json/index.js';

export interface Decided {
  readonly at: number;
  readonly decided: EventDecided;
}

interface Row {
  readonly at: string;
  readonly decided: string;
}

const DELETED_AT_ONCE = 5000;

/** Of an event that is dispatched again after a crash, what was decided first stays. */
const INSERT = `
  WITH written AS (
    INSERT INTO decisions (inbox_id, at, event_id, decided, pipelines)
    SELECT inbox_id, at, event_id, decided, ARRAY(SELECT DISTINCT json_array_elements_text(pipelines))
    FROM unnest($1::text[], $2::bigint[], $3::text[], $4::json[], $5::json[])
      AS fresh (inbox_id, at, event_id, decided, pipelines)
    ORDER BY inbox_id
    ON CONFLICT DO NOTHING
    RETURNING inbox_id, pipelines
  )
  INSERT INTO decisions_of_pipelines (pipeline_id, inbox_id) SELECT unnest(pipelines), inbox_id FROM written`;

const OF_EVENT = `
  SELECT at, decided::text AS decided FROM decisions WHERE inbox_id = $1 OR event_id = $1
  ORDER BY inbox_id DESC LIMIT ${MOST_EVENTS}`;

const LATEST = `SELECT at, decided::text AS decided FROM decisions ORDER BY inbox_id DESC LIMIT $1`;

/** Of each pipeline the latest, as the index has them, then of these the latest, and only those are read. */
const OF_PIPELINES = `
  SELECT at, decided::text AS decided FROM (
    SELECT DISTINCT inbox_id FROM unnest($1::text[]) AS wanted (id) CROSS JOIN LATERAL (
      SELECT inbox_id FROM decisions_of_pipelines WHERE pipeline_id = wanted.id AND inbox_id >= $2
      ORDER BY inbox_id DESC LIMIT $3
    ) found
    ORDER BY inbox_id DESC LIMIT $3
  ) latest JOIN decisions USING (inbox_id)
  ORDER BY inbox_id DESC`;

const FORGET = `
  WITH gone AS (
    DELETE FROM decisions WHERE inbox_id IN (
      SELECT inbox_id FROM decisions WHERE inbox_id < $1 LIMIT ${DELETED_AT_ONCE} FOR UPDATE SKIP LOCKED
    )
    RETURNING inbox_id, pipelines
  ), left_behind AS (
    DELETE FROM decisions_of_pipelines p USING (SELECT inbox_id, unnest(pipelines) AS pipeline_id FROM gone) g
    WHERE p.pipeline_id = g.pipeline_id AND p.inbox_id = g.inbox_id
  )
  SELECT count(*)::int AS n FROM gone`;

const decidedOf = ({ at, decided }: Row): Decided => ({
  at: Number(at),
  decided: parseJson(decided) as unknown as EventDecided,
});

const pipelinesOf = ({ decisions }: EventDecided): string =>
  JSON.stringify(decisions.flatMap(({ pipelineId }) => textOf(pipelineId) ?? []));

/** The statements over the tables of decisions. */
export const decisionsTable = {
  async insert(on: Transaction, fresh: readonly Decided[]): Promise<void> {
    const column = <T>(read: (one: Decided) => T): T[] => fresh.map(read);
    await on.query(INSERT, [
      column(({ decided }) => decided.inboxId),
      column(({ at }) => at),
      column(({ decided }) => textOf(decided.eventId)),
      column(({ decided }) => stringifyJson(decided as unknown as JsonValue)),
      column(({ decided }) => pipelinesOf(decided)),
    ]);
  },

  async ofEvent(on: Transaction, id: string): Promise<Decided[]> {
    return (await on.query<Row[]>(OF_EVENT, [textOf(id)])).map(decidedOf);
  },

  async ofPipelines(on: Transaction, ids: readonly string[], since: number, limit: number): Promise<Decided[]> {
    return (await on.query<Row[]>(OF_PIPELINES, [ids.map(textOf), firstIdAt(since), limit])).map(decidedOf);
  },

  async latest(on: Transaction, limit: number): Promise<Decided[]> {
    return (await on.query<Row[]>(LATEST, [limit])).map(decidedOf);
  },

  /** Forgets what was decided about events from before an instant. */
  async forget(on: Transaction, before: number): Promise<void> {
    for (let some = DELETED_AT_ONCE; some === DELETED_AT_ONCE;) {
      some = (await on.query<{ n: number }[]>(FORGET, [firstIdAt(before)]))[0]?.n ?? 0;
    }
  },
};
