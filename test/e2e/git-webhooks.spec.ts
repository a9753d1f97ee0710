import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { metricOf } from '../support/shown-metrics.js';

let echo: RunningEcho;

const PIPELINE = {
  application: 'app',
  name: 'deploy',
  id: 'deploy-id',
  triggers: [{ type: 'git', enabled: true, source: 'gitlab', project: 'Mike', slug: 'Diaspora', branch: 'main' }],
  stages: [],
};
const PUSH = {
  object_kind: 'push',
  after: 'H',
  ref: 'refs/heads/main',
  project: { namespace: 'Mike', name: 'Diaspora' },
};

beforeAll(async () => {
  echo = await startEcho({ pipelines: [PIPELINE] });
});

afterAll(() => echo.close());

const answerTo = async (path: string, body: unknown, headers?: Record<string, string>): Promise<object> => {
  const answer = await echo.post(path, body, headers);
  return { status: answer.status, body: (await answer.json()) as object };
};

describe('a webhook of a git host', () => {
  it('starts the pipelines that wait for it', async () => {
    expect(await answerTo('/webhooks/git/gitlab', PUSH)).toMatchObject({ status: 200, body: { eventProcessed: true } });
    await echo.idle();

    const [start] = echo.spinnaker.orca.requests;
    expect(JSON.parse(start?.body ?? '')).toMatchObject({ trigger: { hash: 'H', branch: 'main', action: 'push' } });
  });

  it('that is not understood is answered with the reason', async () => {
    expect(await answerTo('/webhooks/git/gitlab', { object_kind: 'note' })).toEqual({
      status: 200,
      body: { eventProcessed: false, eventId: null, reason: 'project: expected an object, got nothing' },
    });
    expect(await metricOf(echo, 'echo_webhooks_unclear_total', { source: 'gitlab' })).toBe(1);
  });

  it('that is a ping is answered with that only where the sender asks', async () => {
    const quiet = { eventProcessed: false, eventId: null };

    expect(await answerTo('/webhooks/git/github', { hook_id: 1 })).toEqual({ status: 200, body: quiet });
    expect(await answerTo('/webhooks/git/github?explain=true', { hook_id: 1 })).toEqual({
      status: 200,
      body: { ...quiet, reason: 'a ping' },
    });
  });

  it('may be empty where Bitbucket tests the connection, and nowhere else', async () => {
    const headers = { 'x-event-key': 'diagnostics:ping' };

    expect(await answerTo('/webhooks/git/bitbucket', '', headers)).toMatchObject({ status: 200 });
    expect(await answerTo('/webhooks/git/github', '', headers)).toMatchObject({ status: 400 });
  });

  it('of an unknown host is refused', async () => {
    expect(await answerTo('/webhooks/git/sourceforge', {})).toMatchObject({
      status: 400,
      body: { message: 'Invalid SCM handler sourcesourceforge' },
    });
  });
});
