import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { metricOf } from '../support/shown-metrics.js';

const CALLER = {
  'X-SPINNAKER-USER': 'ann@example.com',
  'X-SPINNAKER-ACCOUNTS': 'prod',
  'X-SPINNAKER-REQUEST-ID': 'request-1',
};

const DEPLOY = {
  application: 'app',
  name: 'Deploy',
  id: 'deploy-id',
  stages: [],
  notifications: [{ type: 'email', address: 'team@example.com' }],
};

let echo: RunningEcho;

beforeEach(async () => {
  echo = await startEcho({
    pipelines: [
      DEPLOY,
      { application: 'app', name: 'Off', id: 'off-id', disabled: true, stages: [] },
      { application: 'other', name: 'Deploy', id: 'other-id', stages: [] },
      { application: 'app', name: 'Without id', stages: [] },
    ],
  });
});

afterEach(() => echo.close());

/** Starts a pipeline as gate does. */
async function start(pipelineNameOrId: string, trigger: unknown = { type: 'manual' }, headers = CALLER): Promise<void> {
  const content = { application: 'app', pipelineNameOrId, trigger, user: 'ann@example.com' };
  const answer = await echo.post('/', { details: { type: 'manual' }, content, eventId: 'E' }, headers);
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  await echo.idle();
}

const sentTo = (path: string): Record<string, unknown>[] => echo.spinnaker.orca.posted(path);

describe('a manual start', () => {
  it.each([
    ['its name', 'Deploy'],
    ['its id', 'deploy-id'],
  ])('finds the pipeline by %s, in its application only', async (_what, nameOrId) => {
    const triggered = await metricOf(echo, 'pipelines_triggered_total', { monitor: 'ManualEventHandler' });
    await start(nameOrId);

    expect(sentTo('/orchestrate')).toMatchObject([
      { application: 'app', id: 'deploy-id', trigger: { type: 'manual' } },
    ]);
    expect(await echo.decisionsOn('E')).toMatchObject([
      { handler: 'manual', pipelineName: 'Deploy', kind: 'matched', start: { kind: 'submitted' } },
    ]);
    expect(await metricOf(echo, 'pipelines_triggered_total', { monitor: 'ManualEventHandler' })).toBe(triggered + 1);
  });

  it('runs as the caller, with what the caller gave', async () => {
    const trigger = {
      type: 'manual',
      user: 'ann@example.com',
      parameters: { region: 'eu' },
      executionId: '01HXXXXXXXXXXXXXXXXXXXXXXX',
      correlationId: 'mine',
      notifications: [{ type: 'slack', address: '#me' }],
      runAsUser: 'somebody-else',
    };
    await start('Deploy', trigger);

    const [{ headers } = { headers: {} }] = echo.spinnaker.orca.requests;
    expect(headers).toMatchObject({
      'x-spinnaker-user': 'ann@example.com',
      'x-spinnaker-accounts': 'prod',
      'x-spinnaker-request-id': 'request-1',
    });
    expect(sentTo('/orchestrate')).toMatchObject([
      {
        executionId: '01HXXXXXXXXXXXXXXXXXXXXXXX',
        trigger: { user: 'ann@example.com', parameters: { region: 'eu' }, correlationId: 'mine' },
        notifications: [
          { type: 'email', address: 'team@example.com' },
          { type: 'slack', address: '#me' },
        ],
      },
    ]);
  });

  it('of a caller without a name carries no user, not even an anonymous one', async () => {
    await start('Deploy', { type: 'manual' }, {} as typeof CALLER);

    expect(echo.spinnaker.orca.requests.map(({ headers }) => headers['x-spinnaker-user'])).toEqual([undefined]);
  });

  it('takes the pipeline as it is stored now, asking on behalf of the caller', async () => {
    echo.spinnaker.pipelines.splice(0, 1, { ...DEPLOY, stages: [{ type: 'wait' }] });
    await start('Deploy');

    expect(sentTo('/orchestrate')).toMatchObject([{ stages: [{ type: 'wait' }] }]);
    const asked = echo.spinnaker.front50.requests.filter(({ url }) => url === '/pipelines/deploy-id/get');
    expect(asked.map(({ headers }) => headers['x-spinnaker-user'])).toEqual(['ann@example.com']);
  });

  it('takes the pipeline as it was loaded when front50 cannot be asked for it', async () => {
    echo.spinnaker.front50.answering(({ url }) => (url.endsWith('/get') ? { kind: 'reset' } : undefined));
    await start('Deploy');
    await start('Without id');

    expect(sentTo('/orchestrate')).toMatchObject([{ name: 'Deploy' }, { name: 'Without id' }]);
  });

  it('of an unknown pipeline is reported to orca as failed', async () => {
    await start('Deploy it', { type: 'manual', executionId: 'PROMISED' });

    expect(sentTo('/orchestrate')).toEqual([]);
    expect(sentTo('/fail')).toMatchObject([
      {
        application: 'app',
        name: 'Deploy it',
        executionId: 'PROMISED',
        trigger: { type: 'manual' },
        errorMessage: 'There is no pipeline Deploy it in application app.',
      },
    ]);
    expect(await echo.decisionsOn('E')).toMatchObject([{ kind: 'matched', start: { kind: 'reported-as-failed' } }]);
  });

  it.each([
    ['without a trigger', undefined],
    ['with a trigger that is none', 'now'],
    ['with a trigger of the wrong shape', { parameters: [1] }],
  ])('%s is reported to orca as failed', async (_what, trigger) => {
    await start('Deploy', trigger ?? null);

    expect(sentTo('/orchestrate')).toEqual([]);
    expect(sentTo('/fail')).toMatchObject([{ name: 'Deploy', errorMessage: expect.any(String) as string }]);
  });

  it('of a disabled pipeline is not made, and recorded', async () => {
    await start('Off');

    expect(echo.spinnaker.orca.requests).toEqual([]);
    expect(await echo.decisionsOn('E')).toMatchObject([
      { pipelineName: 'Off', kind: 'rejected', rule: 'pipeline enabled', expected: 'true', got: 'false' },
    ]);
  });

  it('goes on when orca does not take the report of a failure', async () => {
    echo.spinnaker.orca.answering(({ url }) => (url === '/fail' ? { kind: 'reset' } : undefined));
    await start('Nowhere');
    await start('Deploy');

    expect(sentTo('/fail')).toHaveLength(1);
    expect(sentTo('/orchestrate')).toMatchObject([{ name: 'Deploy' }]);
  });
});

describe('a manual start while only some pipelines are loaded', () => {
  it('asks front50 for one that the cache does not know', async () => {
    await echo.close();
    echo = await startEcho({ env: { PIPELINECACHE_FILTERFRONT50PIPELINES: 'true' } });
    const { front50 } = echo.spinnaker;
    front50.answering(({ url }) =>
      url === '/pipelines/app/name/Deploy?refresh=true'
        ? { kind: 'answer', status: 200, type: 'application/json', body: JSON.stringify(DEPLOY) }
        : undefined,
    );
    await start('Deploy');

    const loads = front50.requests.filter(({ url }) => url.startsWith('/pipelines?'));
    expect(loads[0]?.url).toMatch(
      /\?restricted=false&enabledPipelines=true&enabledTriggers=true&triggerTypes=\S*webhook/,
    );
    expect(sentTo('/orchestrate')).toMatchObject([{ id: 'deploy-id' }]);
  });
});
