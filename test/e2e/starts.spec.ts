import { afterEach, describe, expect, it } from 'vitest';
import { Outbox } from '../../src/outbox/index.js';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { type PeerReply, type ReceivedRequest, json } from '../support/http-peer.js';
import { metricOf } from '../support/shown-metrics.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let echo: RunningEcho;

afterEach(() => echo.close());

const begin = async (env: Record<string, string> = {}): Promise<void> => {
  echo = await startEcho({ pipelines: [webhookPipeline('good')], env });
};

const CALLER = {
  'X-SPINNAKER-USER': 'ann@example.com',
  'X-SPINNAKER-ACCOUNTS': 'prod,test',
  'X-SPINNAKER-REQUEST-ID': 'request-1',
  'X-SPINNAKER-EXECUTION-ID': 'execution-1',
  'X-SPINNAKER-APPLICATION': 'app',
  'X-SPINNAKER-FLAVOUR': 'vanilla',
  'X-RateLimit-App': 'deck',
  Authorization: 'Bearer s3cret',
};

async function send(headers: Record<string, string> = {}): Promise<void> {
  expect((await echo.post('/webhooks/webhook/good', { n: 1 }, headers)).status).toBe(200);
  await echo.idle();
}

const posts = (): ReceivedRequest[] => echo.spinnaker.orca.requests.filter(({ url }) => url === '/orchestrate');

/** The identity that a request carried. */
const identity = ({ headers }: ReceivedRequest): object =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-spinnaker-')));

/** What orca was asked, with the execution ids replaced. */
const asked = (): string[] =>
  echo.spinnaker.orca.requests.map(({ method, url }) => `${method} ${url.replace(/[0-9A-Z]{26}/, '{id}')}`);

/** Orca answers the first posts as given, then as usual. */
function answers(...replies: PeerReply[]): void {
  echo.spinnaker.orca.answering(({ url }) => (url === '/orchestrate' ? replies.shift() : undefined));
}

const busy: PeerReply = json({ message: 'slow down' }, 429);
const unavailable: PeerReply = json({ message: 'the queue is full' }, 503);

describe('as whom an event starts a pipeline', () => {
  it('is anonymous, with what else is known of the request', async () => {
    await begin();
    await send(CALLER);

    expect(posts().map(identity)).toEqual([
      {
        'x-spinnaker-user': 'anonymous',
        'x-spinnaker-user-origin': 'deck',
        'x-spinnaker-accounts': 'prod,test',
        'x-spinnaker-request-id': 'request-1',
        'x-spinnaker-execution-id': 'execution-1',
        'x-spinnaker-application': 'app',
      },
    ]);
  });

  it('is anonymous from the API when the sender said nothing', async () => {
    await begin();
    await send();

    expect(posts().map(identity)).toEqual([
      {
        'x-spinnaker-user': 'anonymous',
        'x-spinnaker-user-origin': 'api',
        'x-spinnaker-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      },
    ]);
  });

  it('is the sender while orca plans a template, and anonymous from there on', async () => {
    echo = await startEcho({ pipelines: [{ ...webhookPipeline('good'), type: 'templatedPipeline' }] });
    await send(CALLER);

    const plans = echo.spinnaker.orca.requests.filter(({ url }) => url.startsWith('/plan'));
    const caller = {
      'x-spinnaker-user': 'ann@example.com',
      'x-spinnaker-user-origin': 'deck',
      'x-spinnaker-accounts': 'prod,test',
      'x-spinnaker-request-id': 'request-1',
      'x-spinnaker-execution-id': 'execution-1',
      'x-spinnaker-application': 'app',
    };
    expect(plans.map(identity)).toEqual([{ ...caller, 'x-spinnaker-anonymous': 'anonymous' }]);
    expect(posts().map(identity)).toEqual([{ ...caller, 'x-spinnaker-user': 'anonymous' }]);
  });

  it('goes out with no identity at all where that is switched off', async () => {
    await begin({ OKHTTPCLIENT_PROPAGATESPINNAKERHEADERS: 'false' });
    await send(CALLER);

    expect(posts().map(identity)).toEqual([{}]);
  });

  it("never shows the sender's secrets to orca", async () => {
    await begin();
    await send(CALLER);

    const sent = posts().map(({ headers, body }) => JSON.stringify(headers) + body);
    expect(sent.join()).not.toContain('s3cret');
  });
});

describe('a start that orca does not take at first', () => {
  it('is tried again, as the same request of the same execution', async () => {
    await begin();
    const retries = await metricOf(echo, 'orca_trigger_retries_total');
    answers(busy, busy);
    await send(CALLER);

    expect(asked()).toEqual(['POST /orchestrate', 'POST /orchestrate', 'POST /orchestrate']);
    expect(new Set(posts().map(({ body }) => body)).size).toBe(1);
    expect(new Set(posts().map((post) => JSON.stringify(identity(post)))).size).toBe(1);
    expect(await metricOf(echo, 'orca_trigger_retries_total')).toBe(retries + 2);
    expect(await echo.app.get(Outbox).latest(1)).toMatchObject([{ state: 'done', attempts: 3 }]);
  });

  it('is given up after the configured number of tries', async () => {
    await begin({ ORCA_PIPELINEINITIATORRETRYCOUNT: '2' });
    answers(busy, busy, busy);
    await send();

    expect(posts()).toHaveLength(2);
    expect(await echo.app.get(Outbox).latest(1)).toMatchObject([{ state: 'dead', attempts: 2 }]);
  });

  it.each([400, 404])('is given up at once after %i', async (status) => {
    await begin();
    answers(json({ message: 'never' }, status));
    await send();

    expect(posts()).toHaveLength(1);
    expect(await echo.app.get(Outbox).latest(1)).toMatchObject([{ state: 'dead', attempts: 1 }]);
  });

  it('is tried again while nothing listens at orca, and posted once it does', async () => {
    await begin();
    answers({ kind: 'reset' });
    await send();

    expect(asked()).toEqual(['POST /orchestrate', 'GET /pipelines/{id}', 'POST /orchestrate']);
  });
});

describe('a start of which it is unclear whether orca took it', () => {
  const executionOf = ({ body }: ReceivedRequest): string => (JSON.parse(body) as { executionId: string }).executionId;

  it.each<[string, PeerReply]>([
    ['the connection broke after the request', { kind: 'reset' }],
    ['orca answered 503', unavailable],
    ['orca answered 500', json({}, 500)],
  ])('is not doubled when orca knows the execution: %s', async (_what, reply) => {
    await begin();
    echo.spinnaker.orca.answering(({ method, url }) =>
      method === 'GET' ? json({ id: url.slice('/pipelines/'.length), status: 'RUNNING', startTime: 1 }) : reply,
    );
    await send();

    expect(asked()).toEqual(['POST /orchestrate', 'GET /pipelines/{id}']);
    expect(echo.spinnaker.orca.requests[1]?.url).toBe(`/pipelines/${posts().map(executionOf)[0]}`);
    expect(await echo.app.get(Outbox).latest(1)).toMatchObject([{ state: 'done' }]);
  });

  it('is posted again under the same id when orca does not know it', async () => {
    await begin();
    answers(unavailable);
    await send();

    expect(asked()).toEqual(['POST /orchestrate', 'GET /pipelines/{id}', 'POST /orchestrate']);
    expect(new Set(posts().map(executionOf)).size).toBe(1);
  });

  it('is posted again under another id when orca keeps it as failed before it started', async () => {
    await begin();
    const replies = [unavailable];
    echo.spinnaker.orca.answering(({ method, url }) =>
      method === 'GET' ? json({ id: url.slice('/pipelines/'.length), status: 'TERMINAL' }) : replies.shift(),
    );
    await send();

    expect(asked()).toEqual(['POST /orchestrate', 'GET /pipelines/{id}', 'POST /orchestrate']);
    expect(new Set(posts().map(executionOf)).size).toBe(2);
  });

  it('is posted blindly, and without ids, where idempotent starts are switched off', async () => {
    await begin({ ORCA_IDEMPOTENTSTARTS: 'false' });
    answers(unavailable);
    await send();

    expect(asked()).toEqual(['POST /orchestrate', 'POST /orchestrate']);
    expect(posts().map(executionOf)).toEqual([undefined, undefined]);
  });
});
