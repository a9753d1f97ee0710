import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from '../../src/outbox/index.js';
import { until } from '../support/echo.js';
import { EditableEcho } from '../support/editable-echo.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { SlotsStarted } from '../support/slots-started.js';
import { ulidTime } from '../support/ulid-time.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const UP = 'instance: { status: UP }';
const OUT = 'instance: { status: out_of_service }';

const healthOf = async ({ echo }: EditableEcho, path = '/health'): Promise<{ status: string; parts?: object }> =>
  (await (await echo.get(path)).json()) as { status: string };

/** Edits its file; resolves when the edit holds. */
async function put(instance: EditableEcho, yaml: string): Promise<void> {
  instance.write(yaml);
  await until(async () => (await healthOf(instance)).status === (yaml === UP ? 'UP' : 'OUT_OF_SERVICE'));
}

describe('an instance that is put out of service', () => {
  let spinnaker: FakeSpinnaker;
  let instance: EditableEcho;
  beforeEach(async () => {
    spinnaker = await startFakeSpinnaker([webhookPipeline('good')]);
    instance = new EditableEcho(UP);
  });
  afterEach(async () => {
    await instance.stop();
    await spinnaker.close();
  });

  it('says so to load balancers, suppresses the starts of events, and goes on when it is back', async () => {
    await instance.start({ spinnaker });
    const { echo } = instance;
    await put(instance, OUT);

    expect((await echo.get('/health')).status).toBe(503);
    expect(await healthOf(instance, '/health/readiness')).toMatchObject({
      status: 'OUT_OF_SERVICE',
      parts: { instance: { status: 'OUT_OF_SERVICE' }, pipelines: { status: 'UP' } },
    });
    expect(await healthOf(instance, '/health/liveness')).toEqual({ status: 'UP' });
    await echo.post('/webhooks/webhook/good', {});
    await echo.idle();
    const suppressed = { kind: 'start', state: 'suppressed', suppressedBy: 'instance.status is OUT_OF_SERVICE' };
    expect(await echo.app.get(Outbox).latest(1)).toMatchObject([suppressed]);

    await put(instance, UP);
    await echo.post('/webhooks/webhook/good', {});
    await echo.idle();
    expect(spinnaker.orca.posted('/orchestrate')).toHaveLength(1);
  });

  it('records the slots that pass where nobody shares its store', async () => {
    const slots = new SlotsStarted(1, 1);
    await spinnaker.close();
    spinnaker = await startFakeSpinnaker(slots.pipelines);
    await instance.start({ spinnaker, env: { NEST_PROFILE: 'echo-scheduler' } });
    await put(instance, OUT);

    const outbox = instance.echo.app.get(Outbox);
    await until(async () => (await outbox.list({ state: 'suppressed' }, 2)).length > 1);
    await instance.echo.idle();

    const [latest] = await outbox.latest(1);
    expect(latest).toMatchObject({ state: 'suppressed', suppressedBy: 'instance.status is OUT_OF_SERVICE' });
    const started = spinnaker.orca.posted('/orchestrate').map(({ executionId }) => ulidTime(String(executionId)));
    expect(started.filter((slot) => slot >= (latest?.cause.slot ?? 0))).toEqual([]);
  });
});

describe('of two instances over one store', () => {
  const slots = new SlotsStarted(20, 2);
  let database: TestDatabase;
  let spinnaker: FakeSpinnaker;
  let one: EditableEcho;
  let other: EditableEcho;
  beforeAll(async () => {
    database = await testDatabase();
    spinnaker = await startFakeSpinnaker(slots.pipelines);
    [one, other] = [new EditableEcho(UP), new EditableEcho(UP)];
  });
  afterAll(async () => {
    await Promise.all([one.stop(), other.stop()]);
    await spinnaker.close();
    await database.drop();
  });

  const reached = async (): Promise<number> =>
    (await database.source.query<{ n: number }[]>('SELECT count(*)::int AS n FROM slots'))[0]?.n ?? 0;

  it('the one in service fires; they change places under load, and no slot is lost or doubled', async () => {
    const env = { NEST_PROFILE: 'echo-scheduler', SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url };
    await Promise.all([one.start({ spinnaker, env }), other.start({ spinnaker, env })]);
    await put(other, OUT);
    await slots.more(2, spinnaker);
    await put(one, OUT);
    // Nobody claims for a moment: these slots are run late.
    const claimed = await reached();
    await put(other, UP);
    await slots.more(3, spinnaker);

    expect(await reached()).toBeGreaterThan(claimed);
    slots.expectEachOnce(spinnaker);
    const held = await database.source.query(`SELECT 1 FROM effects WHERE state = 'suppressed'`);
    expect(held).toEqual([]);
  });
});
