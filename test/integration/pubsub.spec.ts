import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { FakeAmazon, queueArn, topicArn } from '../support/fake-amazon.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { metricOf } from '../support/shown-metrics.js';
import { until } from '../support/until.js';

const trigger = { type: 'pubsub', enabled: true, pubsubSystem: 'amazon', subscriptionName: 'orders' };
const pipelines = [{ id: 'p', name: 'deploy', application: 'app', triggers: [trigger] }];
const QUEUE = 'orders';

describe('Messages with PostgreSQL', () => {
  let database: TestDatabase;
  let amazon: FakeAmazon;
  let spinnaker: FakeSpinnaker;
  let running: RunningEcho[];

  beforeAll(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  });
  afterAll(() => vi.unstubAllEnvs());

  beforeEach(async () => {
    running = [];
    database = await testDatabase();
    amazon = await FakeAmazon.start();
    amazon.createQueue(QUEUE);
    spinnaker = await startFakeSpinnaker(pipelines);
  });
  afterEach(async () => {
    for (const echo of running) await echo.app.close();
    await spinnaker.close();
    await amazon.close();
    await database.drop();
  });

  /** One more instance over the same database, queue and orca. */
  async function start(): Promise<RunningEcho> {
    const subscription = { name: 'orders', topicARN: topicArn('t'), queueARN: queueArn(QUEUE), waitTimeSeconds: 20 };
    const pubsub = {
      enabled: true,
      amazon: { enabled: true, endpoint: amazon.url, subscriptions: [{ ...subscription, skipQueueBootstrap: true }] },
    };
    const echo = await startEcho({
      spinnaker,
      env: {
        SQL_ENABLED: 'true',
        SQL_CONNECTIONPOOL_JDBCURL: database.url,
        SPRING_APPLICATION_JSON: JSON.stringify({ pubsub }),
      },
    });
    running.push(echo);
    return echo;
  }
  const payloads = (): unknown[] =>
    spinnaker.orca.posted('/orchestrate').map((start) => (start['trigger'] as { payload: unknown }).payload);
  const settled = (): Promise<void> => amazon.until(() => amazon.bodies(QUEUE).length === 0);

  it('are stored before they are acknowledged', async () => {
    amazon.fail('DeleteMessage', 'InternalFailure', Number.POSITIVE_INFINITY);
    await start();
    amazon.send(QUEUE, '{"n":1}');
    await amazon.until(() => amazon.called('DeleteMessage').length > 0);

    const [row] = await database.source.query<{ type: string; n: number }[]>(
      `SELECT type, event->'payload'->>'n' AS n FROM events`,
    );
    expect(row).toEqual({ type: 'pubsub', n: '1' });
    amazon.failing.clear();
  });

  it('stay with the broker while the database is away, and start pipelines once when it is back', async () => {
    const echo = await start();
    const name = database.address.database;
    const admin = await testDatabase({ empty: true });
    await admin.source.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await admin.source.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);

    amazon.send(QUEUE, '{"n":2}');
    await until(async () => (await metricOf(echo, 'echo_pubsub_refusedMessages_total')) > 0);
    expect([amazon.called('DeleteMessage'), payloads()]).toEqual([[], []]);

    await admin.source.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await until(() => {
      amazon.expireVisibility(QUEUE);
      return amazon.bodies(QUEUE).length === 0;
    });
    await echo.idle();
    expect(payloads()).toEqual([{ n: 2 }]);
    await admin.drop();
  });

  it('that come again after a restart are known', async () => {
    const echo = await start();
    amazon.send(QUEUE, '{"n":3}');
    await settled();
    await echo.idle();
    await echo.app.close();
    running = [];

    const next = await start();
    const repeats = (): Promise<number> => metricOf(next, 'echo_pubsub_duplicateMessages_total');
    const before = await repeats();
    amazon.repeat(QUEUE);
    await settled();
    await next.idle();
    expect([payloads(), await repeats()]).toEqual([[{ n: 3 }], before + 1]);
  });

  it('are shared by two instances, and each starts the pipeline once', async () => {
    const [one, other] = [await start(), await start()];
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    for (const n of numbers) amazon.send(QUEUE, JSON.stringify({ n }));
    await settled();
    await one.idle();
    await other.idle();

    const started = payloads().map((payload) => (payload as { n: number }).n);
    expect(started.toSorted((a, b) => a - b)).toEqual(numbers);
  });
});
