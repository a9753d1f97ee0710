import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, GET, OPTIONS, DELETE',
  'access-control-max-age': '3600',
  'access-control-allow-headers': 'x-requested-with,Content-Type',
};

let echo: RunningEcho;

beforeAll(async () => {
  echo = await startEcho({ pipelines: [webhookPipeline('good')] });
});

afterAll(() => echo.close());

const ask = (method: string, path: string): Promise<Response> => fetch(echo.url + path, { method });

describe('paths and methods', () => {
  it.each(['/nowhere', '/webhooks', '/webhooks/a/b/c', '/health/x', '/search?q=1'])(
    'an unknown path, %s, is answered 404 without its name',
    async (path) => {
      const answer = await ask('GET', path);

      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ status: 404, error: 'Not Found', message: 'No message available' });
    },
  );

  it.each([
    ['GET', '/', 'POST'],
    ['DELETE', '/', 'POST'],
    ['PUT', '/webhooks/webhook/good', 'POST'],
    ['GET', '/webhooks/webhook', 'POST'],
    ['POST', '/health', 'GET'],
    ['DELETE', '/quietPeriod', 'GET'],
  ])('%s %s is answered 405 with what is possible', async (method, path, allowed) => {
    const answer = await ask(method, path);

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allowed);
    expect(await answer.json()).toMatchObject({
      status: 405,
      error: 'Method Not Allowed',
      message: `${method} is not possible here: use ${allowed}.`,
    });
  });

  it('OPTIONS of an unknown path is answered 404 like any other method', async () => {
    expect((await ask('OPTIONS', '/nowhere')).status).toBe(404);
  });

  it('takes a parameter that comes twice for a list of both', async () => {
    const answer = await ask('GET', '/validateCronExpression?cronExpression=0+0+10+?+*+THU&cronExpression=FRI');

    expect(await answer.json()).toMatchObject({ description: 'At 10:00 AM, only on Thursday and Friday' });
  });

  it.each(['/', '/webhooks/git/github', '/notifications/'])('OPTIONS %s is answered 200 with nothing', async (path) => {
    const answer = await ask('OPTIONS', path);

    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it.each([
    ['OPTIONS', '/'],
    ['GET', '/health'],
    ['GET', '/nowhere'],
    ['GET', '/'],
    ['GET', '/%zz'],
  ])('%s %s carries the headers that let pages of other sites call', async (method, path) => {
    expect(Object.fromEntries((await ask(method, path)).headers)).toMatchObject(CORS);
  });

  it.each([
    ['/health', 200],
    ['/quietPeriod', 200],
    ['/', 405],
    ['/nowhere', 404],
  ])('HEAD %s is answered %i without a body', async (path, status) => {
    const answer = await ask('HEAD', path);

    expect([answer.status, await answer.text()]).toEqual([status, '']);
  });

  it.each(['/webhooks/webhook/good/', '//webhooks/webhook//good', '/webhooks/webhook/good?x=1'])(
    'a webhook to %s starts its pipeline',
    async (path) => {
      const before = echo.spinnaker.orca.posted('/orchestrate').length;

      const answer = await echo.post(path, {});
      await echo.idle();

      expect(answer.status).toBe(200);
      expect(echo.spinnaker.orca.posted('/orchestrate')).toHaveLength(before + 1);
    },
  );

  it('a source may have any characters in the path', async () => {
    echo.spinnaker.pipelines.push(webhookPipeline('a/b ü%'));
    await echo.reloaded();

    await echo.post(`/webhooks/webhook/${encodeURIComponent('a/b ü%')}`, {});
    await echo.idle();

    expect(echo.spinnaker.orca.posted('/orchestrate').at(-1)).toMatchObject({ trigger: { source: 'a/b ü%' } });
  });
});
