import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EchoOptions, type RunningEcho, startEcho } from '../support/echo.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

describe('with PostgreSQL', () => {
  let database: TestDatabase;
  const running: RunningEcho[] = [];
  beforeAll(async () => void (database = await testDatabase()));
  afterEach(async () => {
    for (const echo of running.splice(0)) await echo.close();
  });
  afterAll(() => database.drop());

  const start = async (env: Record<string, string> = {}, options: EchoOptions = {}) => {
    const sql = {
      SQL_ENABLED: 'true',
      SQL_CONNECTIONPOOL_JDBCURL: database.url,
      EVENTS_INBOX_SCANMS: '50',
      OUTBOX_SQL_SCANMS: '50',
    };
    const echo = await startEcho({ ...options, env: { ...sql, ...env } });
    running.push(echo);
    return echo;
  };
  const rows = <T>(sql: string): Promise<T[]> => database.source.query<T[]>(sql);
  const untilRow = (sql: string): Promise<void> => until(async () => (await rows(sql)).length > 0);

  it('an event is stored before its answer, dispatched, and marked as done; its start goes out once', async () => {
    const echo = await start({}, { pipelines: [webhookPipeline('hook')] });

    expect((await echo.post('/webhooks/webhook/hook', { n: 1 })).status).toBe(200);
    expect(await rows('SELECT type, source FROM events')).toEqual([{ type: 'webhook', source: 'hook' }]);
    await echo.idle();

    expect(await rows('SELECT inbox_id IN (SELECT inbox_id FROM open_events) AS open FROM events')).toEqual([
      { open: false },
    ]);
    expect(await rows('SELECT kind, state, attempts FROM effects')).toEqual([
      { kind: 'start', state: 'done', attempts: 1 },
    ]);
    expect(echo.spinnaker.orca.posted('/orchestrate')).toHaveLength(1);
  });

  it('an event is there for a second look, even where no trigger waited for it', async () => {
    const echo = await start({}, { pipelines: [webhookPipeline('hook')] });
    const text = '{"details":{"type":"webhook","source":"other"},"payload":{"n":1.50},"content":{},"eventId":"seen"}';
    await echo.post('/', text, { 'X-SPINNAKER-USER': 'ann' });
    await echo.idle();

    const answer = await echo.post('/events/dry-run', { eventId: 'seen', pipelines: [webhookPipeline('other')] });

    expect(await answer.text()).toContain('"payload":{"n":1.50}');
    expect((await echo.post('/events/dry-run', { eventId: 'unseen' })).status).toBe(404);
  });

  it('an event whose instance is gone is finished by another one', async () => {
    await rows(`INSERT INTO events (inbox_id, received_at, event, identity, type, bytes)
                VALUES ('LEFT', 1, '{"details":{"type":"x"},"eventId":"e"}', '{"headers":{}}', 'x', 1)`);
    await rows(`INSERT INTO open_events (inbox_id, leased_by, leased_until) VALUES ('LEFT', 'dead', 1)`);
    await start();
    await untilRow(
      `SELECT 1 FROM events WHERE inbox_id = 'LEFT' AND inbox_id NOT IN (SELECT inbox_id FROM open_events)`,
    );
  });

  it('an effect whose instance is gone is finished by another one', async () => {
    await rows(`INSERT INTO effects (id, kind, key, payload, bytes, lane, identity, cause, state, created_at, leased_by, leased_until)
                VALUES ('LEFT', 'nobody does this', 'k', '{}', 2, 'nobody', '{"headers":{}}', '{}', 'pending', 1, 'dead', 1)`);
    await start();
    await untilRow(`SELECT 1 FROM effects WHERE id = 'LEFT' AND state = 'dead'`);
  });

  it('a database that is gone is told to the sender as 503, and all goes on when it is back', async () => {
    const other = await testDatabase();
    const echo = await start({ SQL_CONNECTIONPOOL_JDBCURL: other.url });
    const name = other.address.database;
    const allow = (yes: boolean) => database.source.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${yes}`);
    await allow(false);
    await database.source.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);

    const answer = await echo.post('/', { details: { type: 'x' } });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);

    await allow(true);
    await until(async () => (await echo.post('/', { details: { type: 'x' } })).status === 200);
    await running.pop()?.close();
    await other.drop();
  });
});
