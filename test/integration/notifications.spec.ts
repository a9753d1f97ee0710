import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MAIN } from '../support/built.js';
import { startFakeSpinnaker, type FakeSpinnaker } from '../support/fake-spinnaker.js';
import { freePort } from '../support/free-port.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { Provider } from '../support/provider.js';
import { ServiceProcess } from '../support/service-process.js';
import { until } from '../support/until.js';

let database: TestDatabase;
let spinnaker: FakeSpinnaker;
let provider: Provider;
let folder: string;
const services: ServiceProcess[] = [];

beforeEach(async () => {
  [database, spinnaker, provider] = await Promise.all([testDatabase(), startFakeSpinnaker(), Provider.start()]);
  folder = mkdtempSync(path.join(tmpdir(), 'notifications-'));
});

afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
  await Promise.all([database.drop(), spinnaker.close(), provider.close()]);
  rmSync(folder, { recursive: true });
});

async function start(): Promise<{ service: ServiceProcess; url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const service = await ServiceProcess.start({
    script: MAIN,
    env: {
      HOME: folder,
      NEST_PROFILE: 'echo',
      SERVER_PORT: String(port),
      SERVER_ADDRESS: '127.0.0.1',
      FRONT50_BASEURL: spinnaker.front50.url,
      ORCA_BASEURL: spinnaker.orca.url,
      SQL_ENABLED: 'true',
      SQL_CONNECTIONPOOL_JDBCURL: database.url,
      OUTBOX_SQL_LEASEMS: '1000',
      OUTBOX_SQL_SCANMS: '100',
      SLACK_ENABLED: 'true',
      SLACK_TOKEN: 'xoxb',
      SLACK_BASEURL: provider.url,
      SLACK_CHANNELBURST: '1',
    },
    healthUrl: `${url}/health`,
    logFile: path.join(folder, `${port}.log`),
  });
  services.push(service);
  return { service, url };
}

const told = (): string[] =>
  provider.asked.map(
    ({ body }) => /failed\\n\\n(\w+)/.exec(new URLSearchParams(body).get('attachments') ?? '')?.[1] ?? '',
  );

it('a notification outlives the instance that wrote it down and had not sent it yet', async () => {
  const { service, url } = await start();
  const entry = (text: string) => ({
    type: 'slack',
    address: '#a',
    when: ['pipeline.failed'],
    message: { 'pipeline.failed': { text } },
  });
  await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      details: { source: 'orca', type: 'orca:pipeline:failed', application: 'shop' },
      content: { execution: { id: 'X', name: 'deploy', notifications: [entry('first'), entry('second')] } },
    }),
  });
  const states = async (): Promise<string[]> =>
    (await database.source.query<{ state: string }[]>('SELECT state FROM effects ORDER BY id')).map(
      ({ state }) => state,
    );
  // The second one keeps the pace of the channel: it is written down, and has a second to wait.
  await until(async () => (await states()).join() === 'done,pending');

  service.signal('SIGKILL');
  await start();
  await until(async () => (await states()).join() === 'done,done');

  expect(told()).toEqual(['first', 'second']);
});
