import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bus, type SettingsChanged, settingsChanged } from '../../src/events/index.js';
import { startConfig } from '../../src/pipelines/index.js';
import { Settings } from '../../src/platform/settings/index.js';
import { type RunningEcho, jobIn, startEcho, until } from '../support/echo.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const hashOf = (token: string): string => `sha256:${createHash('sha256').update(token).digest('hex')}`;

interface Shown {
  readonly values: { key: string; value: string; origin: string }[];
  readonly inForce: object[];
  readonly history: object[];
  readonly message?: string;
}

let folder: string;
let echo: RunningEcho;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-live-'));
  writeFileSync(path.join(folder, 'echo.yml'), 'orca: { enabled: true }');
  echo = await startEcho({
    pipelines: [webhookPipeline('hook')],
    env: {
      ECHO_CONFIG_PATH: folder,
      ECHO_CLUSTER: 'west',
      PLATFORM_SETTINGS_RELOADINTERVALMS: '50',
      SECURITY_TOKENS_0_NAME: 'ann',
      SECURITY_TOKENS_0_HASH: hashOf('change'),
      SECURITY_TOKENS_0_SCOPES: 'admin',
      SECURITY_TOKENS_1_NAME: 'bob',
      SECURITY_TOKENS_1_HASH: hashOf('repeat'),
      SECURITY_TOKENS_1_SCOPES: 'operate',
    },
  });
});
afterEach(async () => {
  await echo.close();
  rmSync(folder, { recursive: true });
});

async function call(
  method: string,
  url: string,
  body?: object,
  token = 'change',
): Promise<{ status: number; body: Shown }> {
  const answer = await fetch(`${echo.url}/admin/config/${url}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Shown };
}

const put = (key: string, body: object) => call('PUT', key, body);
const enabled = (): boolean => echo.app.get(Settings, { strict: false }).get(startConfig.enabled);
const ANN_CHANGED = /^changed by ann at \d{4}-\d\d-\d\dT[\d:.]+Z: freeze$/;

describe('a live setting', () => {
  it('is changed through the API, with who, when and why, and holds at once', async () => {
    const changes: SettingsChanged[] = [];
    echo.app.get(Bus, { strict: false }).subscribe(settingsChanged, 'test', (change) => void changes.push(change));

    const { status, body } = await put('orca.enabled', { value: false, why: 'freeze' });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      key: 'orca.enabled',
      type: 'true or false',
      reach: 'this process, until it ends',
      values: [{ key: 'orca.enabled', value: 'false', origin: expect.stringMatching(ANN_CHANGED) as string }],
      inForce: [{ cluster: null, value: false, by: 'ann', why: 'freeze' }],
    });
    expect(changes).toEqual([{ keys: ['orca.enabled'], restart: [] }]);
    await echo.post('/webhooks/webhook/hook', {});
    await echo.idle();
    expect(echo.spinnaker.orca.posted('/orchestrate')).toEqual([]);
    expect(await (await echo.get('/console')).text()).toContain('changed by ann');
    expect(await (await echo.get('/admin/config')).json()).toMatchObject({
      settings: expect.arrayContaining([
        { key: 'orca.enabled', value: 'false', origin: expect.stringMatching(ANN_CHANGED) as string },
      ]) as unknown,
    });
  });

  it('goes back to what the files say by then when the change is taken back', async () => {
    await put('orca.enabled', { value: false, why: 'freeze' });
    writeFileSync(path.join(folder, 'echo.yml'), '# another line\norca: { enabled: true }');
    const { runs } = await jobIn(echo, 'reload-configuration');
    await until(async () => (await jobIn(echo, 'reload-configuration')).runs >= runs + 2);
    expect(enabled()).toBe(false);

    expect((await call('DELETE', 'orca.enabled?why=over&cluster=west')).status).toBe(404);
    const { body } = await call('DELETE', 'orca.enabled?why=over');

    expect(body.values).toEqual([{ key: 'orca.enabled', value: 'true', origin: `${path.join(folder, 'echo.yml')}:2` }]);
    expect(body.inForce).toEqual([]);
    expect(body.history).toMatchObject([
      { by: 'ann', value: null, why: 'over' },
      { by: 'ann', value: false, why: 'freeze' },
    ]);
    expect((await call('DELETE', 'orca.enabled?why=over')).status).toBe(404);
  });

  it('of a cluster wins over that of all, and those of other clusters do not count', async () => {
    await put('orca.enabled', { value: false, why: 'east', cluster: 'east' });
    expect(enabled()).toBe(true);
    await put('orca.enabled', { value: false, why: 'west', cluster: 'west' });
    await put('orca.enabled', { value: true, why: 'all' });

    expect(enabled()).toBe(false);
    expect((await call('GET', 'orca.enabled')).body.values[0]?.origin).toMatch(/ for cluster west: west$/);
  });

  it('may be a list, and is found under any spelling of its key', async () => {
    const { body } = await put('quiet-period.suppressed-trigger-types', { value: ['cron'], why: 'x' });

    expect(body.values).toMatchObject([{ key: 'quietPeriod.suppressedTriggerTypes[0]', value: 'cron' }]);
  });

  it.each([
    [
      'sql.enabled',
      { value: true, why: 'x' },
      /no setting that can be changed while Echo runs; these can: .*orca\.enabled/,
    ],
    ['orca.enabled', { value: 'maybe', why: 'x' }, /^orca\.enabled: got 'maybe', valid: true or false\.$/],
    ['orca.enabled', { value: true }, /^why is missing/],
    ['orca.enabled', { why: 'x' }, /^value: is missing/],
    ['orca.enabled', { value: true, why: 'x', who: 'me' }, /^who: there is no such member/],
    ['security.tokens', { value: [{ nam: 'x' }], why: 'x' }, /security\.tokens/],
  ])('stays as it is where the change is wrong: %s %j', async (key, body, message) => {
    const answer = await put(key, body);

    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(message);
  });

  it('is changed by nobody without the scope, and looked at by who may look', async () => {
    expect((await call('PUT', 'orca.enabled', { value: false, why: 'x' }, 'repeat')).status).toBe(403);
    expect((await call('DELETE', 'orca.enabled?why=x', undefined, 'repeat')).status).toBe(403);
    expect((await call('GET', 'orca.enabled', undefined, 'repeat')).status).toBe(200);
    expect(enabled()).toBe(true);
  });

  it('may be structured: a token is let in as soon as it is added', async () => {
    const token = (name: string, secret: string) => ({ name, hash: hashOf(secret), scopes: ['admin'] });
    const tokens = [token('ann', 'change'), token('carl', 'new')];

    expect((await put('security.tokens', { value: tokens, why: 'carl joins' })).status).toBe(200);

    expect((await call('GET', 'orca.enabled', undefined, 'new')).status).toBe(200);
    expect((await call('GET', 'orca.enabled', undefined, 'repeat')).status).toBe(401);
  });
});
