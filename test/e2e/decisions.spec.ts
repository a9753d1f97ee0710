import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';

const webhookPipeline = (id: string, trigger: object) => ({
  application: 'shop',
  name: id,
  id,
  stages: [],
  triggers: [{ enabled: true, type: 'webhook', source: 'ci', ...trigger }],
});

const PIPELINES = [
  webhookPipeline('on-main', { payloadConstraints: { branch: '^main$' } }),
  webhookPipeline('on-release', { payloadConstraints: { branch: '^release/' } }),
  webhookPipeline('switched-off', { enabled: false }),
];

interface Explained {
  eventId: string;
  explanation?: { decisions: (Record<string, unknown> & { start?: { executionId?: string } })[] };
}

describe('why something started or did not', () => {
  let echo: RunningEcho;

  beforeAll(async () => {
    echo = await startEcho({ pipelines: PIPELINES, env: { WEBHOOKS_EXPLAINSOURCES: 'talkative' } });
  });
  afterAll(() => echo.close());

  const post = async (path: string, headers?: Record<string, string>): Promise<Explained> =>
    (await (await echo.post(path, { branch: 'main' }, headers)).json()) as Explained;

  const outcomes = ({ explanation }: Explained) =>
    Object.fromEntries((explanation?.decisions ?? []).map(({ pipelineId, kind }) => [pipelineId, kind]));

  it('is kept for each trigger that might have matched', async () => {
    const { eventId } = await post('/webhooks/webhook/ci');
    await echo.idle();

    const [decided] = (await (await echo.get(`/events/${eventId}/decisions`)).json()) as [Explained['explanation']];

    expect(decided?.decisions).toEqual([
      expect.objectContaining({ pipelineId: 'on-main', handler: 'webhook', kind: 'matched' }),
      expect.objectContaining({
        pipelineId: 'on-release',
        kind: 'rejected',
        rule: 'payloadConstraints',
        expected: 'branch: ^release/',
        got: 'main',
      }),
      expect.objectContaining({ pipelineId: 'switched-off', kind: 'rejected', rule: 'trigger enabled' }),
    ]);
  });

  it('is readable by pipeline, since an instant, of so many events', async () => {
    await post('/webhooks/webhook/ci');
    await post('/webhooks/webhook/ci');
    await echo.idle();

    const latest = await (await echo.get('/pipelines/on-release/decisions?limit=1')).json();
    const all = await (await echo.get('/pipelines/on-release/decisions')).json();
    const future = await (await echo.get('/pipelines/on-release/decisions?since=2999-01-01T00:00:00Z')).json();
    const wrong = await echo.get('/pipelines/on-release/decisions?since=yesterday');

    expect(all).toContainEqual(expect.objectContaining({ kind: 'rejected', eventType: 'webhook' }));
    expect(latest).toHaveLength(1);
    expect(future).toEqual([]);
    expect(wrong.status).toBe(400);
  });

  it('is unknown for an event that nothing waited for, and says so', async () => {
    const { eventId } = await post('/webhooks/webhook/nobody');
    await echo.idle();
    const answer = await echo.get(`/events/${eventId}/decisions`);
    expect(answer.status).toBe(404);
    expect(((await answer.json()) as { message: string }).message).toContain('no trigger waited');
  });

  it('is told to the sender of a webhook on request, by query or header', async () => {
    const expected = { 'on-main': 'matched', 'on-release': 'rejected', 'switched-off': 'rejected' };
    expect(outcomes(await post('/webhooks/webhook/ci?explain=true'))).toEqual(expected);
    expect(outcomes(await post('/webhooks/webhook/ci', { 'X-Echo-Explain': 'true' }))).toEqual(expected);
  });

  it('is told with the execution that the webhook started, as orca was asked for it', async () => {
    const { explanation } = await post('/webhooks/webhook/ci?explain=true');
    await echo.idle();

    const started = explanation?.decisions.find(({ kind }) => kind === 'matched');
    const posted = echo.spinnaker.orca.posted('/orchestrate').at(-1);
    expect(posted?.['executionId']).toMatch(/^[0-9A-Z]{26}$/);
    expect(started?.start).toEqual({ kind: 'submitted', executionId: posted?.['executionId'] });
  });

  it('is told always for the sources that are configured so, even when nothing waited for them', async () => {
    expect((await post('/webhooks/webhook/talkative')).explanation).toEqual({
      decisions: [],
      omitted: 0,
      unusable: [],
    });
  });

  it('is not told to a sender who did not ask', async () => {
    expect(await post('/webhooks/webhook/ci')).toEqual({ eventProcessed: true, eventId: expect.any(String) as string });
  });
});

describe('with webhooks.explain: always', () => {
  let echo: RunningEcho;

  beforeAll(async () => {
    echo = await startEcho({ pipelines: PIPELINES, env: { WEBHOOKS_EXPLAIN: 'always' } });
  });
  afterAll(() => echo.close());

  it.each(['/webhooks/webhook/ci', '/webhooks/webhook'])('everybody is told who posts to %s', async (path) => {
    const answer = (await (await echo.post(path, { source: 'ci', branch: 'main' })).json()) as Explained;

    expect(answer.explanation?.decisions.map(({ pipelineId }) => pipelineId)).toEqual(
      expect.arrayContaining(['on-main', 'on-release', 'switched-off']),
    );
  });
});
