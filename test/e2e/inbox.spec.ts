import { Module } from '@nestjs/common';
import { afterEach, describe, expect, it } from 'vitest';
import { EchoEventListener, type EchoEvent, type EventListener } from '../../src/extension-api.js';
import { Outbox } from '../../src/outbox/index.js';
import { Deferred } from '../../src/platform/lifecycle/index.js';
import { type EchoOptions, type RunningEcho, startEcho, until } from '../support/echo.js';
import { FakeService, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { json } from '../support/http-peer.js';
import { metricOf } from '../support/shown-metrics.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let running: RunningEcho | undefined;

afterEach(() => running?.close());

async function echoWith(options: EchoOptions = {}): Promise<RunningEcho> {
  return (running = await startEcho({ pipelines: [webhookPipeline('good')], ...options }));
}

/** An Echo that has not loaded any pipelines yet, since its front50 is starting. */
async function echoBeforeFirstLoad(env: Record<string, string> = {}): Promise<RunningEcho> {
  const spinnaker = await startFakeSpinnaker([webhookPipeline('good')]);
  spinnaker.front50.answering(() => json({ message: 'starting' }, 503));
  return echoWith({ spinnaker, env, notReady: true });
}

const webhook = (echo: RunningEcho, n: number): Promise<Response> => echo.post('/webhooks/webhook/good', { n });

/** The numbers of the events that started the pipeline. */
const startedBy = (echo: RunningEcho): unknown[] =>
  echo.spinnaker.orca.posted('/orchestrate').map(({ trigger }) => (trigger as { payload: { n: number } }).payload.n);

describe('before the first good load of pipelines', () => {
  it('is DOWN and alive, and then UP', async () => {
    const echo = await echoBeforeFirstLoad();
    const health = async (path = ''): Promise<unknown[]> => {
      const answer = await echo.get(`/health${path}`);
      return [answer.status, await answer.json()];
    };
    await echo.reloaded();

    expect(await health()).toEqual([503, { status: 'DOWN' }]);
    expect(await health('/liveness')).toEqual([200, { status: 'UP' }]);
    expect(await health('/readiness')).toMatchObject([503, { parts: { pipelines: { status: 'DOWN' } } }]);

    echo.spinnaker.front50.answeringAsUsual();
    await until(async () => (await echo.get('/health')).ok);
    expect(await health()).toEqual([200, { status: 'UP' }]);
    expect(await health('/readiness')).toMatchObject([200, { parts: { pipelines: { status: 'UP' } } }]);
  });

  it('takes events, and matches them after it', async () => {
    const echo = await echoBeforeFirstLoad();
    for (const n of [1, 2, 3]) expect((await webhook(echo, n)).status).toBe(200);
    await echo.reloaded();
    expect(echo.spinnaker.orca.requests).toEqual([]);

    echo.spinnaker.front50.answeringAsUsual();
    await echo.idle();

    expect(startedBy(echo).sort()).toEqual([1, 2, 3]);
  });
});

describe('a full inbox', () => {
  it('answers 503 with when to try again, loses nothing it took, and has room again afterwards', async () => {
    const echo = await echoBeforeFirstLoad({ EVENTS_INBOX_CAPACITY: '2' });
    const refused = await metricOf(echo, 'echo_events_refused_total');
    for (const n of [1, 2]) expect((await webhook(echo, n)).status).toBe(200);

    for (const path of ['/webhooks/webhook/good', '/webhooks/webhook', '/']) {
      const answer = await echo.post(path, {});
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await answer.json()).toMatchObject({
        status: 503,
        error: 'Service Unavailable',
        message: 'The inbox is full (2 events unfinished): send the event again.',
      });
    }
    expect(await metricOf(echo, 'echo_events_refused_total')).toBe(refused + 3);
    expect(await metricOf(echo, 'echo_inbox_depth')).toBe(2);
    expect((await echo.get('/health/liveness')).status).toBe(200);

    echo.spinnaker.front50.answeringAsUsual();
    await echo.idle();
    expect(startedBy(echo).sort()).toEqual([1, 2]);

    expect((await webhook(echo, 3)).status).toBe(200);
    await echo.idle();
    expect(startedBy(echo)).toContain(3);
  });
});

const heard: EchoEvent[] = [];

@EchoEventListener({ name: 'a-throws' })
class Throwing implements EventListener {
  processEvent(): void {
    throw new TypeError('cannot read properties of undefined');
  }
}

@EchoEventListener({ name: 'b-rejects' })
class Rejecting implements EventListener {
  async processEvent(): Promise<void> {
    await Promise.reject(new Error('no such table'));
  }
}

@EchoEventListener({ name: 'c-hangs' })
class Hanging implements EventListener {
  processEvent(): Promise<void> {
    return new Promise(() => undefined);
  }
}

@EchoEventListener({ name: 'z-hears' })
class Hearing implements EventListener {
  processEvent(event: EchoEvent): void {
    heard.push(event);
  }
}

@Module({ providers: [Throwing, Rejecting, Hanging, Hearing] })
class ListenersModule {}

@Module({ providers: [Hearing] })
class HearingModule {}

describe('listeners that fail or hang', () => {
  it('do not hinder others, and are counted under their names', async () => {
    const echo = await echoWith({ extensions: [ListenersModule], env: { SHUTDOWN_TIMEOUTMS: '100' } });
    for (const n of [1, 2]) expect((await webhook(echo, n)).status).toBe(200);
    await echo.spinnaker.orca.until(2);

    expect(startedBy(echo).sort()).toEqual([1, 2]);
    expect(heard.map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await metricOf(echo, 'echo_listener_errors_total', { listener: 'a-throws' })).toBe(2);
    expect(await metricOf(echo, 'echo_listener_errors_total', { listener: 'b-rejects', exception: 'internal' })).toBe(
      2,
    );
    expect(await metricOf(echo, 'echo_listener_errors_total', { listener: 'z-hears' })).toBe(0);
    expect(await metricOf(echo, 'echo_listener_duration_seconds_count', { listener: 'z-hears' })).toBe(2);
    expect(await metricOf(echo, 'echo_listener_duration_seconds_count', { listener: 'c-hangs' })).toBe(0);
    expect(await metricOf(echo, 'echo_inbox_depth')).toBe(2);
  });
});

describe('a listener', () => {
  it('sees what a webhook brought, but none of its secrets', async () => {
    const echo = await echoWith({ extensions: [HearingModule], env: { WEBHOOKS_KEEPHEADERS: 'X-Gitlab-Token' } });
    heard.length = 0;
    const secrets = { Authorization: 'Bearer s', Cookie: 'a=s', 'X-Hub-Signature': 'sha1=s', 'X-Gitlab-Token': 't' };
    await echo.post('/webhooks/webhook/good?q=1', '{ "n": 1 }', { ...secrets, 'X-Event-Key': 'repo:push' });
    await echo.idle();

    const headers = heard[0]?.details?.requestHeaders ?? {};
    expect(heard).toMatchObject([
      {
        details: { type: 'webhook', source: 'good' },
        rawContent: '{ "n": 1 }',
        payload: { n: 1 },
        content: { n: 1, event_type: 'repo:push' },
      },
    ]);
    expect(headers).toMatchObject({
      'x-event-key': ['repo:push'],
      'x-gitlab-token': ['t'],
      host: [expect.any(String)],
    });
    expect(Object.keys(headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/authorization|cookie|hub/)]),
    );
  });
});

describe('a shutdown', () => {
  it('refuses new events, and ends only when those under way have been posted', async () => {
    const fiatAnswers = new Deferred<void>();
    const fiat = await FakeService.start(async () => {
      await fiatAnswers.promise;
      return json({ name: 'anonymous', applications: [{ name: 'app', authorizations: ['EXECUTE'] }] });
    });
    const echo = await echoWith({ env: { SERVICES_FIAT_ENABLED: 'true', SERVICES_FIAT_BASEURL: fiat.url } });
    for (const n of [1, 2]) await webhook(echo, n);
    await fiat.until(1);

    let closed = false;
    const closing = echo.app.close().then(() => (closed = true));
    const refusedAt = await until503(echo);

    expect(await refusedAt.json()).toMatchObject({ message: 'Echo is shutting down: send the event again.' });
    expect(refusedAt.headers.get('retry-after')).toBe('1');
    expect([closed, startedBy(echo)]).toEqual([false, []]);
    fiatAnswers.resolve();
    await closing;
    expect(startedBy(echo).sort()).toEqual([1, 2]);
    await fiat.close();
  });

  it('waits for the answers of starts that are posted already', async () => {
    const orcaAnswers = new Deferred<void>();
    const echo = await echoWith();
    echo.spinnaker.orca.answering(async () => {
      await orcaAnswers.promise;
      return json({ ref: '/pipelines/X' });
    });
    const outbox = echo.app.get(Outbox);
    await webhook(echo, 1);
    await echo.spinnaker.orca.until(1);

    let closed = false;
    const closing = echo.app.close().then(() => (closed = true));
    await until503(echo);
    expect(closed).toBe(false);
    orcaAnswers.resolve();
    await closing;

    expect(await outbox.latest(2)).toMatchObject([{ kind: 'start', state: 'done', attempts: 1 }]);
    await expect(echo.get('/health')).rejects.toThrow();
  });
});

/** Sends events that start nothing until one is refused. */
async function until503(echo: RunningEcho): Promise<Response> {
  let answer = await echo.post('/', {});
  await until(async () => (answer = await echo.post('/', {})).status === 503);
  return answer;
}
