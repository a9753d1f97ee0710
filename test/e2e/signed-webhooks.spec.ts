import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { metricOf } from '../support/shown-metrics.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const SECRET = 'g3heim';

let echo: RunningEcho;

afterEach(() => echo.close());

const rule = (source: string, members: Record<string, string>, at = 0): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ SOURCE: source, SECRETS_0: 'former', SECRETS_1: SECRET, ...members }).map(([name, value]) => [
      `WEBHOOKS_SIGNATURES_${at}_${name}`,
      value,
    ]),
  );

const gitPipeline = (branch: string): object => ({
  application: 'app',
  name: 'git',
  id: 'git-id',
  triggers: [{ type: 'git', enabled: true, source: 'github', project: 'p', slug: 's', branch }],
  stages: [],
});

const PUSH = JSON.stringify({
  ref: 'refs/heads/main',
  after: 'H',
  repository: { name: 's', owner: { name: 'p' } },
});

const signed = (body: string, secret = SECRET): Record<string, string> => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
});

const answerTo = async (path: string, body: string, headers: Record<string, string>): Promise<object> => {
  const answer = await echo.post(path, body, headers);
  await echo.idle();
  return { status: answer.status, body: (await answer.json()) as object };
};

const starts = (): number => echo.spinnaker.orca.requests.filter(({ url }) => url === '/orchestrate').length;
const refusals = async (): Promise<unknown> => (await echo.get('/admin/webhooks/refusals')).json();

describe('a source that has to be signed', () => {
  const begin = async (): Promise<void> => {
    echo = await startEcho({ pipelines: [gitPipeline('main')], env: rule('github', { SCHEME: 'hub' }) });
  };

  it('starts the pipelines whose triggers have no secret, when it is', async () => {
    await begin();

    expect(await answerTo('/webhooks/git/github', PUSH, signed(PUSH))).toMatchObject({ status: 200 });
    expect(starts()).toBe(1);
    expect(await refusals()).toEqual([]);
  });

  it('is answered 401 when it is not, and that is kept without the secret', async () => {
    await begin();
    const reason = 'a signature by none of the secrets';

    expect(await answerTo('/webhooks/git/github', PUSH, signed(PUSH, 'wrong'))).toMatchObject({
      status: 401,
      body: { status: 401, error: 'Unauthorized', message: `Source github has to be signed: ${reason}.` },
    });
    expect(starts()).toBe(0);
    expect(await refusals()).toEqual([
      { at: expect.any(String), type: 'git', source: 'github', reason, answered: 'refused', sender: '127.0.0.1' },
    ]);
    expect(await metricOf(echo, 'echo_webhooks_refused_total', { source: 'github' })).toBe(1);
  });

  it('is told when gate has dropped the signature', async () => {
    await begin();

    expect(await answerTo('/webhooks/git/github', PUSH, { 'user-agent': 'okhttp/4.12.0' })).toMatchObject({
      status: 401,
      body: { message: expect.stringMatching(/no X-Hub-Signature-256 .*; gate passes on X-Hub-Signature alone/) },
    });
  });

  it('is asked for its signature before its body is looked at', async () => {
    await begin();

    expect(await answerTo('/webhooks/git/github', 'no JSON', {})).toMatchObject({ status: 401 });
  });
});

describe('a source that need not be signed yet', () => {
  it('is accepted, and recorded', async () => {
    const env = rule('ci', { SCHEME: 'token', HEADER: 'X-Token', REQUIRED: 'false' });
    echo = await startEcho({ pipelines: [webhookPipeline('ci')], env });

    expect(await answerTo('/webhooks/webhook/ci', '{}', { 'x-token': 'wrong' })).toMatchObject({ status: 200 });

    expect(starts()).toBe(1);
    expect(await refusals()).toMatchObject([{ answered: 'accepted', reason: 'a token that is none of the secrets' }]);
  });

  it('may not be signed in its body either', async () => {
    echo = await startEcho({ pipelines: [webhookPipeline('ci')], env: rule('ci', { SCHEME: 'hub' }) });

    expect(await answerTo('/webhooks/webhook', '{"source":"ci"}', {})).toMatchObject({ status: 401 });
    expect(starts()).toBe(0);
  });
});

describe('what proves a sender', () => {
  it('reaches neither orca nor the log of decisions', async () => {
    const env = rule('ci', { SCHEME: 'token', HEADER: 'X-Token' });
    echo = await startEcho({ pipelines: [webhookPipeline('ci')], env });

    await answerTo('/webhooks/webhook/ci', '{}', { 'x-token': SECRET });

    expect(starts()).toBe(1);
    expect(JSON.stringify(echo.spinnaker.orca.requests)).not.toContain(SECRET);
  });
});

describe('a webhook that is delivered again', () => {
  const delivery = { 'x-github-event': 'push', 'x-github-delivery': '72d3162e' };

  it('starts nothing when the first delivery had, and is told what that was', async () => {
    echo = await startEcho({ pipelines: [gitPipeline('main')] });
    const first = await answerTo('/webhooks/git/github', PUSH, delivery);
    const [start] = echo.spinnaker.orca.requests;
    const { executionId } = JSON.parse(start?.body ?? '') as { executionId: string };

    expect(await answerTo('/webhooks/git/github', PUSH, delivery)).toEqual({
      status: 200,
      body: {
        eventProcessed: false,
        eventId: (first as { body: { eventId: string } }).body.eventId,
        duplicate: true,
        executionIds: [executionId],
      },
    });
    expect(starts()).toBe(1);
  });

  it('starts the pipeline whose trigger was mended meanwhile', async () => {
    echo = await startEcho({ pipelines: [gitPipeline('mian')] });
    await answerTo('/webhooks/git/github', PUSH, delivery);
    expect(starts()).toBe(0);

    echo.spinnaker.pipelines.splice(0, 1, gitPipeline('main'));
    await echo.reloaded();

    expect(await answerTo('/webhooks/git/github', PUSH, delivery)).toMatchObject({ body: { eventProcessed: true } });
    expect(starts()).toBe(1);
  });
});
