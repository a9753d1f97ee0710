import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { freePort } from '../support/free-port.js';

const EXAMPLES = path.join(import.meta.dirname, '../../examples/pipelines');
const BY_CLOCK = 'every-minute.yml';

interface Execution {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly trigger: object;
}

let folder: string;
let printed: string;
let echo: RunningEcho;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-pipelines-'));
  cpSync(EXAMPLES, folder, { recursive: true });
  // Other tests count what ran: only the one about it has what runs by itself.
  renameSync(path.join(folder, BY_CLOCK), path.join(folder, `${BY_CLOCK}.off`));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  echo = await startEcho({
    env: {
      NEST_PROFILE: 'standalone',
      SERVER_PORT: String(await freePort()),
      ORCA_BASEURL: undefined,
      FRONT50_BASEURL: undefined,
      PIPELINES_FOLDER: folder,
      PIPELINES_FOLDERPOLLMS: '10',
      SANDBOX_STAGEMS: '1',
      LOGGING_LEVEL_ROOT: 'warn',
    },
  });
});

afterEach(async () => {
  await echo.close();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const ask = async <T>(url: string): Promise<T> => (await (await echo.get(url)).json()) as T;
const executions = (): Promise<Execution[]> => ask('/sandbox/orca/executions');
const mailbox = (): Promise<object[]> => ask('/sandbox/mailbox');
const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);

/** Resolves with the executions once there are so many and all have ended, and their events have been heard. */
async function ran(count: number): Promise<Execution[]> {
  await until(async () => {
    const all = await executions();
    return all.length === count && all.every(({ status }) => status === 'SUCCEEDED' || status === 'TERMINAL');
  });
  await echo.idle();
  return executions();
}

describe('the sandbox', () => {
  it('runs the example that starts by the clock', async () => {
    const example = readFileSync(path.join(folder, `${BY_CLOCK}.off`), 'utf8');
    expect(example).toContain('cronExpression: 0 * * * * ?');
    write(BY_CLOCK, example.replace('0 * * * * ?', "'* * * * * ?'"));

    await until(async () => (await executions()).length > 0);

    expect((await executions())[0]).toMatchObject({ name: 'Every minute', trigger: { type: 'cron' } });
    rmSync(path.join(folder, BY_CLOCK));
  });

  it('runs a pipeline on a webhook, from the event to the mail that would be sent', async () => {
    const { eventId } = (await (await echo.post('/webhooks/webhook/hello', { who: 'you' })).json()) as {
      eventId: string;
    };

    const [execution] = await ran(1);
    expect(execution).toMatchObject({
      name: 'Say hello',
      status: 'SUCCEEDED',
      trigger: { type: 'webhook', payload: { who: 'you' }, eventId },
    });
    await until(async () => (await mailbox()).length === 2);
    expect(await mailbox()).toMatchObject([
      { type: 'email', address: 'team@example.com', when: 'pipeline.complete', executionId: execution?.id },
      { type: 'email', address: 'team@example.com', when: 'pipeline.starting', executionId: execution?.id },
    ]);
  });

  it('runs a pipeline on a new tag of an image', async () => {
    const content = { account: 'docker-hub', registry: 'docker.io', repository: 'library/shop' };
    for (const tag of ['latest', 'v1.2.3']) {
      await echo.post('/', { details: { type: 'docker', source: 'igor' }, content: { ...content, tag } });
    }

    expect(await ran(1)).toMatchObject([{ name: 'Deploy shop', trigger: { type: 'docker', tag: 'v1.2.3' } }]);
    await until(async () => (await mailbox()).length === 1);
    expect(await mailbox()).toMatchObject([{ type: 'slack', address: '#deployments', when: 'pipeline.complete' }]);
  });

  it('runs a pipeline that somebody starts by hand', async () => {
    const content = {
      application: 'demo',
      pipelineNameOrId: 'Nightly report',
      trigger: { type: 'manual', user: 'me' },
    };
    await echo.post('/', { details: { type: 'manual' }, content });

    expect(await ran(1)).toMatchObject([{ name: 'Nightly report', trigger: { type: 'manual', user: 'me' } }]);
  });

  it('keeps what could not be started as a failed execution, as orca does', async () => {
    const content = { application: 'demo', pipelineNameOrId: 'No such thing', trigger: { type: 'manual' } };
    await echo.post('/', { details: { type: 'manual' }, content });

    expect(await ran(1)).toMatchObject([{ name: 'No such thing', status: 'TERMINAL' }]);
  });

  it('says in its health and on its banner that it is simulated', async () => {
    expect(await ask('/health')).toEqual({ status: 'UP', simulated: true });
    expect(await ask('/health/readiness')).toMatchObject({
      parts: { sandbox: { status: 'UP', simulated: true, details: { orca: 'simulated' } } },
    });
    expect(printed).toMatch(/orca is simulated/);
    expect(printed).toContain(`${echo.url}/webhooks/webhook/hello`);
  });
});

describe('a folder of pipelines', () => {
  const hello = (): string => readFileSync(path.join(folder, 'hello.yml'), 'utf8');

  it('may be edited while Echo is running', async () => {
    write('hello.yml', hello().replace('source: hello', 'source: hallo'));
    write('more.json', JSON.stringify([{ application: 'demo', name: 'New', triggers: [], stages: [] }]));
    rmSync(path.join(folder, 'deploy-image.yml'));
    await echo.reloaded();

    await echo.post('/webhooks/webhook/hello', { who: 'you' });
    await echo.post('/webhooks/webhook/hallo', { who: 'you' });
    expect(await ran(1)).toMatchObject([{ trigger: { source: 'hallo' } }]);
    expect(await ask('/health/readiness')).toMatchObject({ parts: { pipelines: { details: { pipelines: 3 } } } });
  });

  it.each([
    ['hello.yml', 'triggers: [\n  - oops'],
    ['nightly-report.json', '{"application": '],
  ])('keeps what %s last had while it is broken, and names it once', async (file, broken) => {
    write(file, broken);
    await echo.reloaded();
    await echo.reloaded();

    await echo.post('/webhooks/webhook/hello', { who: 'you' });
    expect(await ran(1)).toMatchObject([{ name: 'Say hello' }]);
    expect(await ask('/health/readiness')).toMatchObject({ parts: { pipelines: { details: { pipelines: 3 } } } });
    expect(printed.split(`${file} cannot be used`)).toHaveLength(2);
  });

  it('with a file of garbage still has all others', async () => {
    write('garbage.yml', '- just\n- a list\n');
    await echo.reloaded();

    await echo.post('/webhooks/webhook/hello', { who: 'you' });
    expect(await ran(1)).toMatchObject([{ name: 'Say hello' }]);
  });
});

describe('under a profile of an operator', () => {
  it.each(['echo', 'echo-scheduler', 'echo-missed-scheduler'])('%s has no sandbox', async (profile) => {
    const other = await startEcho({ env: { NEST_PROFILE: profile } });

    for (const url of ['/sandbox/mailbox', '/sandbox/orca/executions']) {
      expect((await other.get(url)).status).toBe(404);
    }
    expect((await other.post('/sandbox/orca/orchestrate', {})).status).toBe(404);
    expect(await (await other.get('/health')).json()).toEqual({ status: 'UP' });
    await other.close();
  });
});
