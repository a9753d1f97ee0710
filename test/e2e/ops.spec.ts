import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, jobIn, startEcho, until } from '../support/echo.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

/** Paths of the original: whoever could call them still can. */
const ORIGINAL = [
  '/',
  '/health',
  '/installedPlugins',
  '/notifications',
  '/notifications/callbacks/{source}',
  '/notifications/metadata',
  '/pubsub/publishers',
  '/pubsub/subscriptions',
  '/quietPeriod',
  '/scheduledActions',
  '/scheduledActions/{id}',
  '/validateCronExpression',
  '/webhooks/{type}',
  '/webhooks/{type}/{source}',
  '/webhooks/cdevents/{source}',
];

/** What is new and open all the same: load balancers and monitoring call it. */
const OPEN = ['/cron/next', '/health/liveness', '/health/readiness', '/metrics'];

let echo: RunningEcho;

beforeAll(async () => {
  echo = await startEcho({ pipelines: [webhookPipeline('good')] });
});

afterAll(() => echo.close());

const ask = async <T>(path: string): Promise<T> => (await (await echo.get(path)).json()) as T;

describe('metrics', () => {
  it('have the names and tags of the original, as Prometheus spells them', async () => {
    await echo.post('/webhooks/webhook/good', {});
    await echo.idle();
    await ask('/quietPeriod');

    const answer = await echo.get('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await answer.text();
    for (const sample of [
      /^front50_requests_total \d+$/m,
      /^front50_errors_total \d+$/m,
      /^front50_lastPoll \d+$/m,
      /^echo_events_processed_total \d+$/m,
      /^pipelines_triggered_total\{monitor="WebhookEventHandler",application="app",type="webhook"\} 1$/m,
      /^orca_requests_total 1$/m,
      /^orca_trigger_success_total\{triggerSource="EXTERNAL_EVENT",triggerType="webhook"\} 1$/m,
      /^orca_trigger_retries_total 0$/m,
      /^quietPeriod_tests_total\{result="false"\} \d+$/m,
    ]) {
      expect(text).toMatch(sample);
    }
    for (const name of ['orca_errors', 'orca_trigger_errors', 'orca_trigger_disabled', 'trigger_errors']) {
      expect(text).toContain(`# TYPE ${name}_total counter`);
    }
    expect(text).toContain('# TYPE trigger_errors_accessdenied_total counter');
  });
});

describe('for operators', () => {
  it('recurring work is listed with its last and next run', async () => {
    let job = await jobIn(echo, 'load-pipelines');
    await until(async () => (job = await jobIn(echo, 'load-pipelines')).nextRun !== null);

    expect(job).toMatchObject({ lastError: null, lastDurationMs: expect.any(Number) as number });
    expect(Date.parse(job.nextRun ?? '')).toBeGreaterThan(Date.parse(job.lastRun ?? ''));
  });

  it('it is said whether work is under way', async () => {
    await echo.idle();

    expect(await ask('/admin/idle')).toEqual({ idle: true, inbox: 0, outbox: 0 });
  });

  it('the HTTP interface is described', async () => {
    const { openapi, paths } = await ask<{ openapi: string; paths: object }>('/docs-json');
    expect(openapi).toMatch(/^3\./);
    expect(paths).toMatchObject({ '/': { post: { summary: 'Accept an event', tags: ['events'] } } });
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/', '/webhooks/{type}/{source}', '/quietPeriod']));

    for (const path of ['/docs', '/docs/swagger-ui.css', '/docs/begin.js']) {
      const answer = await echo.get(path);
      expect([answer.status, (await answer.text()).length > 0]).toEqual([200, true]);
    }
  });

  it('extensions are listed for gate, none here', async () => {
    expect(await ask('/installedPlugins')).toEqual([]);
  });
});

describe('a caller on another machine', () => {
  const callFromElsewhere = async (method: string, url: string): Promise<number> => {
    const inject = { method: method.toUpperCase() as 'GET', url, remoteAddress: '203.0.113.7' };
    return (await echo.app.inject({ ...inject, headers: { 'x-forwarded-for': '127.0.0.1' } })).statusCode;
  };

  it('reaches what the original has, health and metrics, and nothing else', async () => {
    const { paths } = await ask<{ paths: Record<string, object> }>('/docs-json');
    const calls = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => [m, path] as const),
    );
    expect(calls.length).toBeGreaterThan(8);

    for (const [method, path] of calls) {
      const status = await callFromElsewhere(method, path.replaceAll(/\{\w+\}/g, 'x'));
      if (ORIGINAL.includes(path) || OPEN.includes(path)) expect([path, status]).not.toEqual([path, 401]);
      else expect([path, status]).toEqual([path, 401]);
    }
    for (const page of ['/docs', '/docs/', '//docs', '/docs-json', '/docs?x=1']) {
      expect([page, await callFromElsewhere('get', page)]).toEqual([page, 401]);
    }
  });
});

describe('the quiet period', () => {
  let other: RunningEcho | undefined;

  afterEach(() => other?.close());

  const statusWith = async (env: Record<string, string>): Promise<unknown> => {
    other = await startEcho({ env });
    return (await other.get('/quietPeriod')).json();
  };

  const [start, end] = ['2020-02-09T21:00:00Z', '2999-01-01T00:00:00Z'];
  const SPAN = { QUIETPERIOD_STARTISO: start, QUIETPERIOD_ENDISO: end };
  const times = { startTime: Date.parse(start), endTime: Date.parse(end) };

  it('is shown as unset by default', async () => {
    expect(await ask('/quietPeriod')).toEqual({ enabled: false, inQuietPeriod: false, startTime: -1, endTime: -1 });
  });

  it('is shown while it holds', async () => {
    expect(await statusWith(SPAN)).toEqual({ enabled: true, inQuietPeriod: true, ...times });
  });

  it('is shown while it is switched off', async () => {
    const off = { enabled: false, inQuietPeriod: false, ...times };

    expect(await statusWith({ ...SPAN, QUIETPERIOD_ENABLED: 'false' })).toEqual(off);
  });

  it('may be spelled as in the original', async () => {
    const spelled = { 'quiet-period.start-iso': start, 'quiet-period.end-iso': end };

    expect(await statusWith(spelled)).toEqual({ enabled: true, inQuietPeriod: true, ...times });
  });
});
