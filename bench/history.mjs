import pg from 'pg';
import { request } from 'undici';
import { firstIdAt } from '../dist/platform/database/index.js';
import { startDatabase } from './lib/database.mjs';
import { figure, percentile } from './lib/report.mjs';
import { startWorld } from './lib/world.mjs';

const ROWS = Number(process.env.ECHO_BENCH_ROWS ?? 10_000_000);
const ROUNDS = 20;
const TARGET_MS = 50;
const DAY_MS = 86_400_000;

/** Ids that sort by time, a millisecond apart: ten digits of time, then the number of the row. */
const idAt = (time, row) => `${firstIdAt(time).slice(0, 10)}${String(row).padStart(16, '0')}`;

/** The ULID digits of `$1::bigint + i` as SQL. */
const ULID_TIME = Array.from(
  { length: 10 },
  (_, at) => `substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (((t >> ${5 * (9 - at)}) & 31) + 1)::int, 1)`,
).join(' || ');
const ID = `(${ULID_TIME}) || lpad(i::text, 16, '0')`;

/** Rows from `$1` on, so many milliseconds apart that they fill a week. */
const series = (columns) => `
  SELECT ${columns} FROM (SELECT i, $1::bigint + (i * $2::numeric)::bigint AS t FROM generate_series(1, $3::bigint) i) r`;

const TYPES = `(ARRAY['build', 'docker', 'git', 'webhook', 'pubsub', 'orca:stage:complete'])[1 + i % 6]`;

const SEEDS = {
  events: `INSERT INTO events (inbox_id, received_at, event, identity, event_id, type, source, application, bytes)
    ${series(`${ID}, t, '{"details":{},"content":{"n":1}}'::json, '{"headers":{}}'::jsonb, 'e' || i, ${TYPES},
      'source-' || i % 1000, 'app-' || i % 5000, 33`)}`,
  open_events: `INSERT INTO open_events (inbox_id, leased_by, leased_until)
    SELECT * FROM (${series(`${ID}, 'somebody', t + ${DAY_MS}`)}) r (inbox_id) WHERE inbox_id ~ '00000$'`,
  effects: `INSERT INTO effects (id, kind, key, payload, bytes, lane, identity, cause, state, attempts, created_at, finished_at)
    ${series(`${ID}, (ARRAY['start', 'notification', 'forward'])[1 + i % 3], i::text, '{"n":1}'::json, 7, 'lane', '{"headers":{}}'::jsonb,
      jsonb_build_object('inboxId', ${ID}), CASE WHEN i % 1000 = 0 THEN 'dead' WHEN i % 50 = 0 THEN 'suppressed' ELSE 'done' END,
      1, t, t`)}`,
  decisions: `INSERT INTO decisions (inbox_id, at, event_id, decided, pipelines)
    ${series(`${ID}, t, 'e' || i, json_build_object('inboxId', ${ID}, 'eventId', 'e' || i, 'eventType', 'webhook', 'omitted', 0, 'unusable', json_build_array(),
      'decisions', json_build_array(json_build_object('kind', 'rejected', 'pipelineId', 'p-' || i % 10000, 'pipelineName', 'pipeline',
        'application', 'app', 'handler', 'webhook', 'triggerType', 'webhook', 'rule', 'payloadConstraints', 'expected', 'branch=^main$', 'got', 'dev'))),
      ARRAY['p-' || i % 10000]`)}`,
  decisions_of_pipelines: `INSERT INTO decisions_of_pipelines (pipeline_id, inbox_id) ${series(`'p-' || i % 10000, ${ID}`)}`,
};

/** Fills the tables with rows of the last week, without their indexes, which are made again after. */
async function seed(client, from) {
  const step = (7 * DAY_MS) / ROWS;
  await client.query("SET synchronous_commit = off; SET maintenance_work_mem = '1GB'");
  for (const [table, sql] of Object.entries(SEEDS)) {
    const { rows } = await client.query(
      `SELECT indexname, indexdef FROM pg_indexes WHERE tablename = $1 AND indexname NOT LIKE '%_key' AND indexname NOT LIKE '%_pkey'`,
      [table],
    );
    for (const { indexname } of rows) await client.query(`DROP INDEX ${indexname}`);
    await client.query(sql, [from, step, ROWS]);
    for (const { indexdef } of rows) await client.query(indexdef);
    await client.query(`VACUUM (ANALYZE) ${table}`);
  }
}

/** What people ask, with the ids of a row in the middle. */
function questions(from) {
  const row = Math.floor(ROWS / 2);
  const time = Math.round(from + (row * 7 * DAY_MS) / ROWS);
  const [id, at] = [idAt(time, row), new Date(time).toISOString()];
  return {
    'GET /events': '/events',
    'GET /events, a type and a range of time': `/events?type=git&from=${at}&to=${new Date(time + DAY_MS).toISOString()}`,
    'GET /events, an application': '/events?application=app-77',
    'GET /events, a source and a state': '/events?source=source-7&state=done&limit=1000',
    'GET /events, open ones': '/events?state=open',
    'GET /events, the page in the middle': `/events?before=${id}`,
    'GET /events/{id}': `/events/${id}`,
    "GET /events/{id}, the sender's": `/events/e${row}`,
    'GET /effects': '/effects',
    'GET /effects, dead ones': '/effects?state=dead',
    'GET /effects, starts of a range of time': `/effects?kind=start&from=${at}&to=${new Date(time + DAY_MS).toISOString()}`,
    'GET /effects, suppressed starts': '/effects?kind=start&state=suppressed&limit=1000',
    'GET /effects, of an event': `/effects?inboxId=${id}`,
    'GET /events/{id}/decisions': `/events/e${row}/decisions`,
    'GET /pipelines/{id}/decisions': `/pipelines/p-${row % 10000}/decisions`,
  };
}

async function timed(url) {
  const spans = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    const answer = await request(url);
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`);
    spans.push(performance.now() - began);
  }
  return percentile(spans, 0.9);
}

/** How long the API takes to answer about what has happened, when very much has. */
export async function history() {
  const database = await startDatabase();
  const retention = {
    EVENTS_INBOX_RETENTION: '365d',
    EVENTS_INBOX_MAXSIZE: '1000GB',
    OUTBOX_SQL_RETENTION: '365d',
    DECISIONS_SQL_RETENTION: '365d',
  };
  const { service, stop } = await startWorld(1, undefined, { ...database.env, ...retention });
  const from = Date.now() - 7 * DAY_MS;
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    await seed(client, from);
    const figures = [];
    for (const [what, path] of Object.entries(questions(from))) {
      figures.push(
        figure(`${what}, ${ROWS.toLocaleString('en')} rows`, await timed(service.url + path), 'ms', TARGET_MS, 'less'),
      );
    }
    return figures;
  } finally {
    await client.end();
    await stop();
    await database.stop();
  }
}
