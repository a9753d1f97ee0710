import { tmpdir } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { runEcho } from '../../src/cli/commands/run.js';
import { type RunningEcho, startEcho } from '../support/echo.js';

const CRON = { SCHEDULER_ENABLED: 'true', SCHEDULER_PIPELINECONFIGSPOLLER_ENABLED: 'true' };
const YEARLY = { type: 'cron', enabled: true, cronExpression: '0 0 0 1 1 ?' };
const pipelines = [{ application: 'shop', name: 'yearly', id: 'p', triggers: [{ ...YEARLY, id: 'T' }], updateTs: '1' }];

let running: RunningEcho[] = [];

afterEach(async () => {
  for (const echo of running) await echo.close();
  running = [];
});

async function start(): Promise<RunningEcho> {
  const echo = await startEcho({ pipelines, env: CRON });
  running.push(echo);
  return echo;
}

async function call(echo: RunningEcho, method: string, path: string, body: object): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(echo.url + path, { method, headers, body: JSON.stringify(body) })).status;
}

async function imported(from: RunningEcho, to: RunningEcho, ...more: string[]): Promise<string[][]> {
  let out = '';
  await runEcho(['import', '--from', from.url, '--url', to.url, ...more], {
    env: {},
    cwd: tmpdir(),
    write: (text) => void (out += text),
    complain: (text) => void (out += text),
  });
  const lines = out.trimEnd().split('\n').slice(1);
  return lines.map((line) => line.split(/ {2,}/).slice(0, 3));
}

it('what lives only inside of an Echo moves to another one, once', async () => {
  const [before, after] = [await start(), await start()];
  const action = { id: 'mine', application: 'shop', pipelineId: 'p', cronExpression: '0 0 9 ? * *', timezone: 'UTC' };
  expect(await call(before, 'POST', '/scheduledActions', action)).toBe(201);
  const [{ id: trigger }] = (await (await before.get('/triggers/cron?pipeline=p')).json()) as [{ id: string }];
  expect(await call(before, 'PUT', `/triggers/cron/${trigger}/pause`, { note: 'noisy' })).toBe(200);
  expect(await call(before, 'PUT', '/applications/blog/cron/pause', {})).toBe(200);
  const setting = { value: false, why: 'moving' };
  expect(await call(before, 'PUT', '/admin/config/scheduler.triggers.enabled', setting)).toBe(200);
  const until = { value: '2030-01-01T00:00:00Z', why: 'moving' };
  expect(await call(before, 'PUT', '/admin/config/scheduler.triggers.until', until)).toBe(200);

  const rows = (outcome: string): string[][] => [
    ['scheduled action', 'shop: mine', outcome],
    ['pause', `trigger ${trigger}`, outcome],
    ['pause', 'application blog', outcome],
    ['setting', 'scheduler.triggers.enabled', outcome],
  ];
  expect((await imported(before, after)).sort()).toEqual(rows('would be taken').sort());
  expect((await imported(before, after, '--apply')).sort()).toEqual(rows('taken').sort());
  expect((await imported(before, after, '--apply')).sort()).toEqual(rows('is there already').sort());

  const listed = (await (await after.get('/scheduledActions')).json()) as { manuallyCreated: object[] };
  expect(listed.manuallyCreated).toMatchObject([{ id: 'mine', timezone: 'UTC' }]);
  const pauses = (await (await after.get('/triggers/cron/pauses')).json()) as { name: string; note: string }[];
  expect(pauses.find(({ name }) => name === trigger)?.note).toMatch(/^noisy; paused by /);
  const { inForce } = (await (await after.get('/admin/config')).json()) as { inForce: object[] };
  expect(inForce).toMatchObject([{ key: 'scheduler.triggers.enabled', value: false, cluster: null }]);
});
