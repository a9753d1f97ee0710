import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EchoProcess } from '../support/echo-process.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { startedBy } from '../support/start-count.js';
import { until } from '../support/until.js';
import { WebhookLoad } from '../support/webhook-load.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let database: TestDatabase;
let spinnaker: FakeSpinnaker;
let running: EchoProcess[];
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => {
  await database.source.query('TRUNCATE events, open_events, effects, decisions, decisions_of_pipelines');
  spinnaker = await startFakeSpinnaker([webhookPipeline('hook')]);
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((echo) => echo.stop()));
  await spinnaker.close();
});

async function start(env: Record<string, string> = {}): Promise<EchoProcess> {
  const echo = await EchoProcess.start({
    FRONT50_BASEURL: spinnaker.front50.url,
    ORCA_BASEURL: spinnaker.orca.url,
    SQL_ENABLED: 'true',
    SQL_CONNECTIONPOOL_JDBCURL: database.url,
    ...env,
  });
  running.push(echo);
  return echo;
}

async function stop(echo: EchoProcess): Promise<number | NodeJS.Signals> {
  running = running.filter((one) => one !== echo);
  return echo.stop();
}

const count = async (condition: string): Promise<number | undefined> =>
  (await database.source.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${condition}`))[0]?.n;
const settled = async (): Promise<boolean> =>
  (await count('open_events')) === 0 && (await count(`effects WHERE state = 'pending'`)) === 0;

describe('an instance that is told to stop', () => {
  it(
    'ends in time when a peer hangs, and another one goes on with what it hands back',
    { timeout: 90_000 },
    async () => {
      const echo = await start({ SHUTDOWN_TIMEOUTMS: '3000' });
      spinnaker.orca.answering(({ url }) => (url === '/orchestrate' ? new Promise(() => undefined) : undefined));
      expect((await echo.send('POST', '/webhooks/webhook/hook', { n: 1 })).status).toBe(200);
      await spinnaker.orca.until(1, ({ url }) => url === '/orchestrate');

      // 0 only if it ended by itself within the limit: after that the process gives up with 1.
      expect(await stop(echo)).toBe(0);
      expect(await count(`effects WHERE state = 'pending' AND leased_by IS NULL AND interrupted`)).toBe(1);

      spinnaker.orca.answeringAsUsual();
      await start();
      await until(settled);
      const [hanging, again] = startedBy(spinnaker.orca).get(1) ?? [];
      expect(again).toBe(hanging);
      // It was asked for before it was posted again.
      expect(spinnaker.orca.requests.map(({ url }) => url)).toContain(`/pipelines/${hanging}`);
    },
  );

  it('ends in time when the database hangs with it', { timeout: 90_000 }, async () => {
    const echo = await start({ SHUTDOWN_TIMEOUTMS: '3000' });
    const lock = database.source.createQueryRunner();
    await lock.startTransaction();
    await lock.query('LOCK TABLE events, effects');
    const answer = echo.send('POST', '/webhooks/webhook/hook', { n: 1 }).catch(() => undefined);
    await until(async () => ((await count('pg_locks WHERE NOT granted')) ?? 0) > 0);

    // It ends by itself: whoever waits in vain has it killed.
    expect(await stop(echo)).not.toBe('SIGKILL');
    await lock.rollbackTransaction();
    await lock.release();
    expect((await answer)?.status).not.toBe(200);
  });

  it(
    'is one of several that are replaced in turn under load: nothing is lost and nothing is doubled',
    { timeout: 180_000 },
    async () => {
      const addresses = new Set<string>();
      const join = async (): Promise<EchoProcess> => {
        const echo = await start();
        addresses.add(echo.url);
        return echo;
      };
      const first = await Promise.all([join(), join()]);
      const load = new WebhookLoad(() => [...addresses], 4);
      for (const old of first) {
        await join();
        const sent = load.sent.length;
        await until(() => load.sent.length > sent + 50);
        // Its address stays known until it is gone, as it may behind a load balancer.
        expect(await stop(old)).toBe(0);
        addresses.delete(old.url);
      }
      await load.stop();
      await until(settled);

      const starts = startedBy(spinnaker.orca);
      const accepted = load.answered(200);
      expect(accepted.length).toBeGreaterThan(100);
      expect(accepted.filter((n) => starts.get(n)?.length !== 1)).toEqual([]);
      expect([...starts].filter(([, ids]) => ids.length !== 1)).toEqual([]);
      expect(
        [...new Set(load.sent.map(({ status }) => status))].filter((status) => status && ![200, 503].includes(status)),
      ).toEqual([]);
    },
  );
});
