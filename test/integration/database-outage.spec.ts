import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { startedBy } from '../support/start-count.js';
import { until } from '../support/until.js';
import { WebhookLoad } from '../support/webhook-load.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let database: TestDatabase;
let proxy: CuttableProxy;
let echo: RunningEcho;
let load: WebhookLoad;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => {
  await database.source.query('TRUNCATE events, open_events, effects, decisions, decisions_of_pipelines');
  proxy = await CuttableProxy.start(database.address.port);
});
afterEach(async () => {
  await load.stop();
  await echo.close();
  await proxy.close();
});

async function start(env: Record<string, string> = {}): Promise<void> {
  const url = database.url.replace(`:${database.address.port}/`, `:${proxy.port}/`);
  echo = await startEcho({
    pipelines: [webhookPipeline('hook')],
    env: { SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: url, SQL_CONNECTIONPOOL_CONNECTIONTIMEOUT: '200', ...env },
  });
  load = new WebhookLoad(() => [echo.url], 8);
  await answers(200, 20);
}

/** Resolves when so many more events were answered so. */
async function answers(status: number, more: number): Promise<void> {
  const enough = load.answered(status).length + more;
  await until(() => load.answered(status).length >= enough);
}

async function settled(): Promise<boolean> {
  const open = `SELECT inbox_id FROM open_events UNION ALL SELECT id FROM effects WHERE state = 'pending'`;
  return (await database.source.query<object[]>(open)).length === 0;
}

/** Every event that was answered 200 has its decision and one start, and nobody got an answer but 200 and 503. */
async function expectNothingLost(): Promise<void> {
  await load.stop();
  await until(settled);
  const starts = startedBy(echo.spinnaker.orca);
  const accepted = load.answered(200);
  expect(accepted.filter((n) => starts.get(n)?.length !== 1)).toEqual([]);
  expect([...starts.values()].filter((ids) => ids.length !== 1)).toEqual([]);
  expect(new Set(load.sent.map(({ status }) => status))).toEqual(new Set([200, 503]));
  const undecided = `SELECT inbox_id FROM open_events UNION SELECT inbox_id FROM events WHERE inbox_id NOT IN (SELECT inbox_id FROM decisions)`;
  expect(await database.source.query(undecided)).toEqual([]);
}

describe('senders are answered 503 and nothing is lost, and Echo comes back by itself,', () => {
  it('when the database is away for longer than leases last', { timeout: 90_000 }, async () => {
    await start({ EVENTS_INBOX_LEASEMS: '1000', OUTBOX_SQL_LEASEMS: '1000' });
    const gone = Date.now();
    proxy.away();
    await answers(503, 100);
    await until(() => Date.now() > gone + 2500);
    proxy.back();
    await answers(200, 50);

    await expectNothingLost();
  });

  it('when the disk is full for events, for effects and for decisions', { timeout: 90_000 }, async () => {
    await start({ OUTBOX_SQL_LEASEMS: '1000' });
    await database.source.query(`
      CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
    const fill = (table: string) =>
      database.source.query(`CREATE TRIGGER full_${table} BEFORE INSERT ON ${table} EXECUTE FUNCTION disk_full()`);
    await fill('effects');
    await fill('decisions');
    await answers(200, 20);
    await fill('events');
    await answers(503, 50);
    for (const table of ['events', 'effects', 'decisions']) {
      await database.source.query(`DROP TRIGGER full_${table} ON ${table}`);
    }
    await answers(200, 50);

    await expectNothingLost();
    await database.source.query('DROP FUNCTION disk_full');
  });

  it('when all connections of the pool are taken', { timeout: 90_000 }, async () => {
    await start({ SQL_CONNECTIONPOOL_MAXPOOLSIZE: '2', OUTBOX_SQL_LEASEMS: '1000' });
    const lock = database.source.createQueryRunner();
    await lock.startTransaction();
    await lock.query('LOCK TABLE events IN EXCLUSIVE MODE');
    await answers(503, 2);
    await lock.rollbackTransaction();
    await lock.release();
    await answers(200, 50);

    await expectNothingLost();
  });
});
