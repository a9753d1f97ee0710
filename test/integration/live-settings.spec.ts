import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { run } from '../packaging/checkout.js';
import { BUILT } from '../support/built.js';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { EchoProcess } from '../support/echo-process.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

let database: TestDatabase;
let proxy: CuttableProxy;
let spinnaker: FakeSpinnaker;
let west: EchoProcess;
let east: EchoProcess;

const start = (cluster: string, url = database.url): Promise<EchoProcess> =>
  EchoProcess.start({
    FRONT50_BASEURL: spinnaker.front50.url,
    ORCA_BASEURL: spinnaker.orca.url,
    SQL_ENABLED: 'true',
    SQL_CONNECTIONPOOL_JDBCURL: url,
    ECHO_CLUSTER: cluster,
  });

beforeAll(async () => {
  database = await testDatabase();
  proxy = await CuttableProxy.start(database.address.port);
  spinnaker = await startFakeSpinnaker();
  const proxied = database.url.replace(`:${database.address.port}/`, `:${proxy.port}/`);
  [west, east] = await Promise.all([start('west'), start('east', proxied)]);
});
afterAll(async () => {
  await Promise.all([west.stop(), east.stop()]);
  await proxy.close();
  await spinnaker.close();
  await database.drop();
});
beforeEach(async () => {
  await database.source.query(`TRUNCATE setting_changes; SELECT pg_notify('echo', 'settings')`);
  await until(async () => (await Promise.all([west, east].map(enabled))).every((value) => value === 'true'));
});

interface Shown {
  readonly values: { value: string; origin: string }[];
}
const enabled = async (echo: EchoProcess): Promise<string | undefined> =>
  (await echo.json<Shown>('/admin/config/orca.enabled')).values[0]?.value;
const put = (echo: EchoProcess, body: object) => echo.send('PUT', '/admin/config/orca.enabled', body);

it('a change is heard by the other process', async () => {
  expect((await put(west, { value: false, why: 'freeze' })).status).toBe(200);
  await until(async () => (await enabled(east)) === 'false');
});

it('a change for one cluster holds there only', async () => {
  await put(west, { value: false, why: 'east is closed', cluster: 'east' });
  await until(async () => (await enabled(east)) === 'false');
  expect(await enabled(west)).toBe('true');
});

it('a change that was made while a process could not hear is taken over when its connection is back', async () => {
  proxy.cut();
  await put(west, { value: false, why: 'unheard' });
  await until(async () => (await enabled(east)) === 'false');
});

it('config:print shows it with who, when and why', async () => {
  await put(west, { value: false, why: 'freeze' });
  const env = { NEST_PROFILE: 'echo', SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url };
  const print = (more: Record<string, string> = {}) =>
    run([path.join(BUILT, 'cli/config-print.js')], { env: { ...env, ...more } });

  expect((await print()).out).toMatch(/^orca\.enabled: false +# changed by loopback at \S+: freeze$/m);
  const { out, code } = await print({ SQL_CONNECTIONPOOL_JDBCURL: 'postgres://127.0.0.1:1/none' });
  expect(out).toMatch(/^# warning: What was changed while Echo runs is not shown: .*ECONNREFUSED/m);
  expect(code).toBe(0);
});

it('a change outlives the process that made it', async () => {
  await put(east, { value: false, why: 'freeze' });
  await east.stop();
  east = await start('east');
  expect(await enabled(east)).toBe('false');
});
