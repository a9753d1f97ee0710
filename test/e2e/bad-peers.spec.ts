import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from '../../src/outbox/index.js';
import { Deferred } from '../../src/platform/lifecycle/index.js';
import { type RunningEcho, jobIn, startEcho, until } from '../support/echo.js';
import { type PeerReply, json } from '../support/http-peer.js';
import { metricOf } from '../support/shown-metrics.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const answer = (body: string, status = 200, type = 'application/json'): PeerReply => ({
  kind: 'answer',
  status,
  type,
  body,
});

const LOGIN_PAGE = answer('<!doctype html><title>Please log in</title>', 200, 'text/html');

let echo: RunningEcho;

beforeEach(async () => {
  echo = await startEcho({ pipelines: [webhookPipeline('good'), webhookPipeline('other')] });
});

afterEach(() => echo.close());

const starts = (): unknown[] => echo.spinnaker.orca.posted('/orchestrate').map(({ name }) => name);

async function send(source: string): Promise<void> {
  expect((await echo.post(`/webhooks/webhook/${source}`, {})).status).toBe(200);
  await echo.idle();
}

const lastError = async (): Promise<string | null> => (await jobIn(echo, 'load-pipelines')).lastError;

describe('a front50 that answers nonsense', () => {
  it.each<[string, PeerReply, string]>([
    ['a page to log in', LOGIN_PAGE, 'no JSON'],
    ['half of a list', answer('[{"application":"app","na'), 'no JSON'],
    ['an object', answer('{"pipelines":[]}'), 'a list was expected'],
    ['a text', answer('"ok"'), 'a list was expected'],
    ['an error', answer('{"message":"redis is gone"}', 500), 'redis is gone'],
    ['a refusal', answer('', 403), '403'],
    ['a page instead of an error', answer('<h1>Bad gateway</h1>', 502, 'text/html'), '502'],
    ['a cut connection', { kind: 'reset' }, 'connection'],
  ])('changes nothing, says so, and is forgotten once it recovers: %s', async (_what, reply, message) => {
    const errors = await metricOf(echo, 'front50_errors_total');
    echo.spinnaker.front50.answering(() => reply);
    await echo.reloaded();

    expect(await lastError()).toContain(message);
    expect(await metricOf(echo, 'front50_errors_total')).toBeGreaterThan(errors);
    expect((await echo.get('/health')).status).toBe(200);
    await send('good');
    expect(starts()).toEqual(['good']);

    echo.spinnaker.pipelines.push(webhookPipeline('new'));
    echo.spinnaker.front50.answeringAsUsual();
    await until(async () => (await lastError()) === null);
    await send('new');
    expect(starts()).toEqual(['good', 'new']);
  });

  it('an empty answer is believed only when the next one agrees', async () => {
    const { front50 } = echo.spinnaker;
    const secondAnswer = new Deferred<PeerReply>();
    const replies = [json([]), secondAnswer.promise];
    front50.answering(() => replies.shift() ?? answer('null'));
    await front50.until(front50.requests.length + 2);

    await send('good');
    expect(starts()).toEqual(['good']);

    secondAnswer.resolve(json([]));
    await echo.reloaded();
    await send('good');
    expect(starts()).toEqual(['good']);
  });
});

describe('an orca that refuses', () => {
  const refusing = (reply: PeerReply): void =>
    echo.spinnaker.orca.answering(({ body }) => (body.includes('"name":"good"') ? undefined : reply));

  it.each<[string, PeerReply, number, string]>([
    ['for good', answer('{"message":"no such stage"}', 400), 1, 'no such stage'],
    ['because it has moved', answer('gone', 404, 'text/plain'), 1, '404'],
    ['for now', answer('{"message":"slow down"}', 429), 5, 'slow down'],
    ['without knowing the caller', answer('', 401), 5, '401'],
  ])('%s has the start recorded as dead, and others go on', async (_what, reply, tries, message) => {
    const failed = await metricOf(echo, 'orca_trigger_errors_total', { triggerSource: 'EXTERNAL_EVENT' });
    refusing(reply);

    await send('good');
    await send('other');
    await send('good');

    expect(starts()).toEqual(['good', ...Array.from({ length: tries }, () => 'other'), 'good']);
    const [, dead] = await echo.app.get(Outbox).latest(3);
    expect(dead).toMatchObject({ kind: 'start', state: 'dead', attempts: tries });
    expect(dead?.lastError).toContain(message);
    expect(await metricOf(echo, 'orca_trigger_errors_total', { triggerSource: 'EXTERNAL_EVENT' })).toBe(failed + 1);
  });

  it.each<[string, PeerReply]>([
    ['a page to log in', LOGIN_PAGE],
    ['an empty object', answer('{}')],
    ['nothing', answer('')],
    ['broken JSON', answer('{"ref":')],
  ])('by answering %s is asked for the execution before each further try', async (_what, reply) => {
    const { orca } = echo.spinnaker;
    orca.answering(({ url }) => (url === '/orchestrate' ? reply : undefined));

    await send('other');

    const paths = orca.requests.map(({ method, url }) => `${method} ${url.replace(/[0-9A-Z]{26}/, '{id}')}`);
    expect(paths).toEqual(Array.from({ length: 5 }, () => ['POST /orchestrate', 'GET /pipelines/{id}']).flat());
    expect(new Set(orca.posted('/orchestrate').map(({ executionId }) => executionId)).size).toBe(1);
  });

  it('does not hinder starts of other pipelines that wait beside it', async () => {
    refusing({ kind: 'reset' });

    await Promise.all(['other', 'good', 'other', 'good'].map((name) => echo.post(`/webhooks/webhook/${name}`, {})));
    await echo.idle();

    expect(starts().filter((name) => name === 'good')).toHaveLength(2);
  });
});
