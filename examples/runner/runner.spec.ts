import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho, until } from '../../test/support/echo.js';

interface Shown {
  readonly id: string;
  readonly pipelineConfigId: string;
  readonly status: string;
}

let runner: ChildProcess;
let url: string;
let folder: string;
let echo: RunningEcho | undefined;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-runner-'));
  const script = path.join(import.meta.dirname, 'runner.mjs');
  runner = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(runner.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  url = /http:\S+/.exec(line.toString())?.[0] ?? '';
});

afterEach(async () => {
  await echo?.close();
  runner.kill();
  rmSync(folder, { recursive: true });
});

const executions = async (): Promise<Shown[]> => (await (await fetch(`${url}/executions`)).json()) as Shown[];

/** Echo as the scheduler, with one pipeline in its folder, and the runner in place of orca. */
async function echoWith(trigger: object): Promise<RunningEcho> {
  const pipeline = {
    application: 'demo',
    name: 'Report',
    id: 'demo-report',
    triggers: [{ enabled: true, ...trigger }],
  };
  writeFileSync(path.join(folder, 'report.json'), JSON.stringify(pipeline));
  echo = await startEcho({ env: { NEST_PROFILE: 'echo-scheduler', PIPELINES_FOLDER: folder, ORCA_BASEURL: url } });
  return echo;
}

describe('A runner in place of orca', () => {
  it('runs what a webhook starts, once', async () => {
    const running = await echoWith({ type: 'webhook', source: 'report' });
    await running.post('/webhooks/webhook/report', {});
    await running.idle();

    expect(await executions()).toMatchObject([{ pipelineConfigId: 'demo-report', status: 'SUCCEEDED' }]);
  });

  it('runs what is due by the clock', async () => {
    await echoWith({ type: 'cron', cronExpression: '* * * * * ?' });

    await until(async () => (await executions()).length > 0);
    expect((await executions())[0]).toMatchObject({ pipelineConfigId: 'demo-report' });
  });

  it('takes the same execution once only', async () => {
    const body = JSON.stringify({ application: 'demo', name: 'Report', id: 'demo-report', executionId: 'E' });
    for (let i = 0; i < 2; i++) await fetch(`${url}/orchestrate`, { method: 'POST', body });

    expect(await executions()).toHaveLength(1);
    expect((await fetch(`${url}/pipelines/E`)).status).toBe(200);
    expect((await fetch(`${url}/pipelines/F`)).status).toBe(404);
  });
});
