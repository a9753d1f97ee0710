import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { HttpPeer, json } from '../support/http-peer.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

let database: TestDatabase;
let hook: HttpPeer;
let env: Record<string, string>;
let first: RunningEcho;
let second: RunningEcho;
let status = 410;
const events: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  hook = await HttpPeer.start(({ body }) => {
    events.push((JSON.parse(body) as { eventId: string }).eventId);
    return json({}, status);
  });
  env = {
    SQL_ENABLED: 'true',
    SQL_CONNECTIONPOOL_JDBCURL: database.url,
    REST_ENABLED: 'true',
    REST_ENDPOINTS_0_URL: hook.url,
  };
  first = await startEcho({ env });
  second = await startEcho({ spinnaker: first.spinnaker, env });
});

afterAll(async () => {
  await second?.close();
  await first?.close();
  await hook?.close();
  await database?.drop();
});

interface Shown {
  readonly name: string;
  readonly enabled: boolean;
  readonly lastError: string | null;
}

async function endpointAt(echo: RunningEcho): Promise<Shown | undefined> {
  return ((await (await echo.get('/admin/rest/endpoints')).json()) as Shown[])[0];
}

async function send(echo: RunningEcho, eventId: string): Promise<void> {
  expect((await echo.post('/', { eventId, details: { type: 'x' } })).status).toBe(200);
  await echo.idle();
}

it('an endpoint that one instance disables gets nothing from any, and from all again once one has enabled it', async () => {
  await send(first, 'E1');
  await until(async () => (await endpointAt(second))?.enabled === false);
  await send(second, 'E2');

  expect(await endpointAt(second)).toMatchObject({
    enabled: false,
    lastError: expect.stringContaining('410') as string,
  });
  expect(events).toEqual(['E1']);

  status = 200;
  const { name = '' } = (await endpointAt(second)) ?? {};
  expect((await second.post(`/admin/rest/endpoints/enable?endpoint=${encodeURIComponent(name)}`, {})).status).toBe(204);
  await until(async () => (await endpointAt(first))?.enabled === true);
  await send(first, 'E3');
  await send(second, 'E4');

  expect(events).toEqual(['E1', 'E3', 'E4']);
});

it('an endpoint that is disabled stays so over a restart', async () => {
  status = 410;
  await send(first, 'E5');
  await until(async () => (await endpointAt(second))?.enabled === false);
  const third = await startEcho({ spinnaker: first.spinnaker, env });

  expect(await endpointAt(third)).toMatchObject({ enabled: false });
  await third.app.close();
});
