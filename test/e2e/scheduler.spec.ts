import { afterEach, describe, expect, it } from 'vitest';
import { type RunningEcho, type EchoOptions, startEcho, until } from '../support/echo.js';
import { ulidTime } from '../support/ulid-time.js';
import { metricOf } from '../support/shown-metrics.js';

let echo: RunningEcho;
afterEach(() => echo.close());

const withScheduler = async (options: EchoOptions = {}): Promise<void> => {
  echo = await startEcho({ ...options, env: { NEST_PROFILE: 'echo-scheduler', ...options.env } });
};

const ask = async <T>(path: string): Promise<T> => (await (await echo.get(path)).json()) as T;
const starts = () => echo.spinnaker.orca.posted('/orchestrate');
const cron = (cronExpression: string, more: object = {}) => ({ type: 'cron', enabled: true, cronExpression, ...more });
const pipeline = (id: string, ...triggers: object[]) => ({ application: 'app', name: id, id, triggers });

describe('a pipeline with a cron trigger', () => {
  it('is started in each slot, never before it and never twice', async () => {
    await withScheduler({ pipelines: [pipeline('p', cron('* * * * * ?'))] });
    await echo.spinnaker.orca.until(3, ({ url }) => url === '/orchestrate');

    const ids = starts().map(({ executionId }) => String(executionId));
    expect(new Set(ids).size).toBe(ids.length);
    // The first ten characters of a ULID are its instant: slots are whole seconds, one after the other.
    const seconds = ids.map(ulidTime);
    expect(seconds.map((at, i) => at - (seconds[0] ?? 0) - i * 1000)).toEqual(seconds.map(() => 0));
    expect(starts()[0]).toMatchObject({ id: 'p', trigger: { type: 'cron', cronExpression: '* * * * * ?' } });
  });

  it('has its starts suppressed while the switch is off, and its slots pass', async () => {
    await withScheduler({
      pipelines: [pipeline('p', cron('* * * * * ?'))],
      env: { SCHEDULER_TRIGGERS_ENABLED: 'false' },
    });
    const suppressed = () => metricOf(echo, 'orca_trigger_disabled_total');

    await until(async () => (await suppressed()) >= 2);

    expect(starts()).toEqual([]);
  });

  it('is live at once when orca tells that it was saved, however far off the next load is', async () => {
    await withScheduler({ pipelines: [], env: { FRONT50_POLLINGINTERVALMS: '600000' } });
    echo.spinnaker.pipelines.push(pipeline('saved', cron('* * * * * ?')));
    await echo.post('/', {
      details: { type: 'orca:stage:complete', source: 'orca' },
      content: { context: { 'notification.type': 'savepipeline', 'pipeline.id': 'saved' } },
    });

    await echo.spinnaker.orca.until(1, ({ url }) => url === '/orchestrate');

    expect(starts()[0]).toMatchObject({ name: 'saved' });
  });

  it('is among the scheduled actions only if it is due some day, as in the original', async () => {
    const triggers = [cron('0 0 12 1 1 ? 1995'), cron('0 0 12 1 1 ? 2090')];
    await withScheduler({ pipelines: [pipeline('p', ...triggers)] });
    const listed = async () => (await ask<{ pipeline: object[] }>('/scheduledActions')).pipeline;

    await until(async () => (await listed()).length > 0);

    expect(await listed()).toMatchObject([{ pipelineId: 'p', cronExpression: '0 0 12 1 1 ? 2090' }]);
  });

  it('counts as failed in the sync when its expression is invalid, and hinders no other', async () => {
    await withScheduler({ pipelines: [pipeline('bad', cron('0 0 25 * * ?')), pipeline('good', cron('* * * * * ?'))] });
    await echo.spinnaker.orca.until(1, ({ url }) => url === '/orchestrate');

    expect(await metricOf(echo, 'echo_triggers_sync_failedUpdateCount')).toBe(1);
    expect(await metricOf(echo, 'echo_triggers_count')).toBe(1);
  });
});

describe('a scheduled action', () => {
  const action = { id: 'a1', application: 'app', pipelineId: 'p', cronExpression: '* * * * * ?' };

  it('starts its pipeline, has the zone of the configuration, and is gone when removed', async () => {
    await withScheduler({ pipelines: [pipeline('p')] });
    const created = await echo.post('/scheduledActions', action);
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject({ ...action, timezone: 'America/Los_Angeles', forceRebake: false });

    await echo.spinnaker.orca.until(1, ({ url }) => url === '/orchestrate');

    expect(starts()[0]).toMatchObject({ name: 'p', trigger: { id: 'a1', type: 'cron', enabled: false } });
    expect(await ask('/scheduledActions')).toMatchObject({ pipeline: [], manuallyCreated: [{ id: 'a1' }] });
    const removed = await fetch(`${echo.url}/scheduledActions/a1`, { method: 'DELETE' });
    expect(removed.status).toBe(202);
    expect(await ask('/scheduledActions')).toEqual({ pipeline: [], manuallyCreated: [] });
  });

  it('is shown in capitals, as Quartz keeps it, and is known before anything else is looked at', async () => {
    await withScheduler();
    const created = await echo.post('/scheduledActions', { ...action, cronExpression: '0 0 10 ? jan-mar mon' });
    const again = await echo.post('/scheduledActions', { ...action, cronExpression: 'nonsense' });

    expect(await created.json()).toMatchObject({ cronExpression: '0 0 10 ? JAN-MAR MON' });
    expect(await again.json()).toMatchObject({ status: 400, message: 'Trigger with id: a1 already exists' });
  });

  it.each([
    [{ ...action, id: ' ', pipelineId: undefined }, 'id must not be blank,pipelineId must not be blank'],
    [{ ...action, cronExpression: '0 0 25 * * ?' }, /^CronExpression '0 0 25 \* \* \?' is invalid\./],
    [{ ...action, cronExpression: '* * *' }, /^CronExpression '\* \* \*' is invalid\./],
    [{ ...action, cronExpression: '0 0 0 1 1 ? 1995' }, /will never fire/],
  ])('is refused with the reason: %j', async (body, message) => {
    await withScheduler();
    const refused = await echo.post('/scheduledActions', body);
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { message: string }).message).toMatch(message);
  });

  it('is no path where the scheduler is off', async () => {
    echo = await startEcho();
    expect((await echo.get('/scheduledActions')).status).toBe(404);
    expect((await echo.get('/validateCronExpression?cronExpression=0+0+12+*+*+%3F')).status).toBe(200);
  });
});

describe('GET /cron/next', () => {
  const next = (query: Record<string, string>) => echo.get(`/cron/next?${new URLSearchParams(query).toString()}`);

  it('tells when an expression is due next, with H replaced', async () => {
    await withScheduler();
    const answer = await next({
      cronExpression: 'H 0 12 * * ?',
      timezone: 'UTC',
      from: String(Date.UTC(2024, 0, 15, 12, 30)),
      count: '2',
      id: 'temp',
    });
    expect(await answer.json()).toEqual({
      cronExpression: '48 0 12 * * ?',
      description: 'At 12:00:48 PM',
      timezone: 'UTC',
      next: [Date.UTC(2024, 0, 16, 12, 0, 48), Date.UTC(2024, 0, 17, 12, 0, 48)],
    });
  });

  it.each([
    [{ cronExpression: '0 0 25 * * ?' }, /^Invalid CRON expression: '0 0 25 \* \* \?' explanation: Hour values/],
    [{ cronExpression: '0 0 12 * * ?', count: '101' }, /^count: '101' is no whole number from 1 to 100/],
    [{ cronExpression: '0 0 12 * * ?', from: 'yesterday' }, /^from: 'yesterday'/],
    [{}, /^cronExpression is missing/],
  ])('refuses %j', async (query, message) => {
    await withScheduler();
    const refused = await next(query as Record<string, string>);
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { message: string }).message).toMatch(message);
  });

  it('ends where there is no further slot', async () => {
    await withScheduler();
    const answer = await next({ cronExpression: '0 0 0 1 1 ? 1995', timezone: 'UTC' });
    expect(await answer.json()).toMatchObject({ next: [] });
  });
});
