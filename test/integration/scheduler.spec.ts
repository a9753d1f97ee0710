import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

const everySecond = (id: string) => ({
  application: 'app',
  name: id,
  id,
  triggers: [{ type: 'cron', enabled: true, cronExpression: '* * * * * ?' }],
});

describe('schedulers that share a database', () => {
  let database: TestDatabase;
  const running: RunningEcho[] = [];
  beforeAll(async () => void (database = await testDatabase()));
  afterEach(async () => {
    for (const echo of running.splice(0)) await echo.close();
    await database.source.query('TRUNCATE effects, cron_triggers, slots, cron_pauses');
  });
  afterAll(() => database.drop());

  const start = async (pipelines: object[]): Promise<RunningEcho> => {
    const env = { NEST_PROFILE: 'echo-scheduler', SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url };
    const echo = await startEcho({ pipelines, env });
    running.push(echo);
    return echo;
  };
  const startsOf = ({ spinnaker }: RunningEcho) =>
    spinnaker.orca.posted('/orchestrate').map(({ executionId }) => String(executionId));
  const starts = () => running.flatMap(startsOf);

  it('start each slot of each trigger once, whichever of them does it', async () => {
    const pipelines = Array.from({ length: 20 }, (_, i) => everySecond(`p${i}`));
    for (let i = 0; i < 3; i++) await start(pipelines);

    await until(() => starts().length >= 20 * 4);

    expect(new Set(starts()).size).toBe(starts().length);
    expect(await database.source.query('SELECT count(*)::int AS n FROM cron_triggers')).toEqual([{ n: 20 }]);
  });

  it('go on when one of them ends', async () => {
    const [one, other] = [await start([everySecond('p')]), await start([everySecond('p')])];
    await until(() => starts().length >= 1);
    await one.close();
    running.splice(running.indexOf(one), 1);
    const before = startsOf(other).length;

    await until(() => startsOf(other).length >= before + 2);
  });

  it('keep what was made by hand over a restart', async () => {
    const first = await start([{ ...everySecond('p'), triggers: [] }]);
    const action = { id: 'a1', application: 'app', pipelineId: 'p', cronExpression: '* * * * * ?' };
    expect((await first.post('/scheduledActions', action)).status).toBe(201);
    await first.close();
    running.splice(0);

    const second = await start([{ ...everySecond('p'), triggers: [] }]);

    await until(() => startsOf(second).length >= 1);
    expect(await (await second.get('/scheduledActions')).json()).toMatchObject({ manuallyCreated: [{ id: 'a1' }] });
  });
});
