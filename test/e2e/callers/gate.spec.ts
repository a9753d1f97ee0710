import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../../support/echo.js';
import { webhookPipeline } from '../../support/webhook-pipeline.js';

const git = { type: 'git', source: 'github', project: 'o', slug: 'r', branch: 'main', enabled: true, secret: 'shh' };

let echo: RunningEcho;
beforeAll(async () => {
  const manual = { application: 'app', name: 'by hand', id: 'by-hand', triggers: [], stages: [] };
  const pushed = { application: 'app', name: 'pushed', id: 'pushed', triggers: [git], stages: [] };
  echo = await startEcho({ pipelines: [manual, webhookPipeline('ci'), pushed] });
});
afterAll(() => echo.close());

/** The identity headers that every service of Spinnaker sends. */
const IDENTITY = { 'X-SPINNAKER-USER': 'joe', 'X-SPINNAKER-ACCOUNTS': 'prod', 'X-SPINNAKER-REQUEST-ID': 'R1' };
const startsOf = (name: string) => echo.spinnaker.orca.posted('/orchestrate').filter((body) => body['name'] === name);

describe('gate', () => {
  it('starts a pipeline by hand under the execution id that it promised, as its user', async () => {
    const executionId = '01HZY3M4Q5R6S7T8V9W0X1Y2Z3';
    const trigger = { type: 'manual', user: 'joe', parameters: { a: '1' }, eventId: 'E1', executionId };
    const content = { application: 'app', pipelineNameOrId: 'by hand', trigger, user: 'joe' };

    const answer = await echo.post('/', { details: { type: 'manual' }, content, eventId: 'E1' }, IDENTITY);
    await echo.idle();

    expect(answer.status).toBe(200);
    expect(startsOf('by hand')).toMatchObject([
      { executionId, trigger: { type: 'manual', user: 'joe', eventId: 'E1' } },
    ]);
    const start = echo.spinnaker.orca.requests.find(({ body }) => body.includes(executionId));
    expect(start?.headers).toMatchObject({ 'x-spinnaker-user': 'joe', 'x-spinnaker-accounts': 'prod' });
  });

  it('is answered its own events, and those of its MCP server, with 2xx', async () => {
    for (const type of ['mcp:tool:call', 'gate:anything']) {
      expect((await echo.post('/', { details: { type, source: 'gate' }, content: null, payload: null })).status).toBe(
        200,
      );
    }
  });

  it('is answered a JSON object for a webhook, and for a CDEvent', async () => {
    const webhook = await echo.post('/webhooks/webhook/ci', {}, { accept: 'application/json', ...IDENTITY });
    expect([webhook.status, await webhook.json()]).toMatchObject([200, { eventProcessed: true }]);

    const type = 'dev.cdevents.artifact.published.0.1.0';
    const context = { id: 'i', source: '/s', type, version: '0.1.2', timestamp: '2023-01-01T00:00:00Z' };
    const subject = { id: 'pkg', type: 'artifact', content: {} };
    const data = { context, subject, customData: {}, customDataContentType: 'application/json' };
    const headers = { 'Ce-Id': '1', 'Ce-Specversion': '1.0', 'Ce-Type': type, 'Ce-Source': '/s' };
    const cdEvent = await echo.post('/webhooks/cdevents/s', data, { ...headers, 'Ce-Data': JSON.stringify(data) });
    expect([cdEvent.status, await cdEvent.json()]).toMatchObject([200, { eventProcessed: true }]);
  });

  it('may re-serialise what GitHub signed, as long as that changes no byte, and passes only two headers on', async () => {
    const body = JSON.stringify({
      ref: 'refs/heads/main',
      after: 'abc',
      repository: { name: 'r', owner: { login: 'o', name: 'o' } },
    });
    const signature = `sha1=${createHmac('sha1', 'shh').update(body).digest('hex')}`;

    await echo.post('/webhooks/git/github', body, { 'X-Hub-Signature': signature });
    await echo.idle();

    expect(startsOf('pushed')).toMatchObject([{ trigger: { type: 'git', hash: 'abc', branch: 'main' } }]);
  });

  it('reads description or message of a cron expression', async () => {
    const judged = async (expression: string) => {
      const answer = await echo.get(`/validateCronExpression?cronExpression=${encodeURIComponent(expression)}`);
      return [answer.status, await answer.json()];
    };

    expect(await judged('0 0/5 * * * ?')).toEqual([
      200,
      { response: 'Cron expression is valid', description: 'Every 5 minutes' },
    ]);
    expect(await judged('H H * * * ?')).toMatchObject([
      200,
      { description: 'No description available for fuzzy cron expressions' },
    ]);
    expect(await judged('0 0 25 * * ?')).toMatchObject([400, { message: expect.any(String) as string }]);
  });

  it('finds quiet period, subscriptions, plugins and channels in the shapes that it passes on', async () => {
    const json = async (path: string): Promise<unknown> => (await echo.get(path)).json();

    expect(Object.keys((await json('/quietPeriod')) as object).sort()).toEqual([
      'enabled',
      'endTime',
      'inQuietPeriod',
      'startTime',
    ]);
    for (const path of [
      '/pubsub/subscriptions',
      '/pubsub/publishers',
      '/installedPlugins',
      '/notifications/metadata',
    ]) {
      expect([path, await json(path)]).toEqual([path, []]);
    }
  });

  it('gets the answer of a callback with its length', async () => {
    const answer = await echo.post('/notifications/callbacks/slack', 'payload=%7B%7D', {
      'content-type': 'application/x-www-form-urlencoded',
    });

    expect(answer.headers.get('content-length')).not.toBeNull();
    expect(answer.headers.get('transfer-encoding')).toBeNull();
  });

  it('is told what is wrong in one text', async () => {
    const answer = await echo.post('/', '{"details": 7}');

    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { status: 400, error: 'Bad Request', message: expect.any(String) as string },
    ]);
  });
});
