import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../test/support/free-port.js';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from '../../../test/support/http-peer.js';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { nestContext } from '../../../test/support/nest-context.js';
import { startRawPeer } from '../../../test/support/raw-peer.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { ClientsModule, OrcaClient } from '../index.js';

const identity = {
  headers: { 'x-spinnaker-user': 'anonymous', 'x-spinnaker-request-id': 'R1', 'x-spinnaker-user-origin': 'api' },
};
const anonymous = { 'x-spinnaker-anonymous': 'anonymous' };

const clock = new ManualClock();
let reply: PeerReply;
let received: ReceivedRequest[];
let peer: HttpPeer;
let contexts: INestApplicationContext[];
let orca: OrcaClient;

async function orcaAt(url: string, settings: Record<string, unknown> = {}): Promise<OrcaClient> {
  const context = await nestContext([ClientsModule], {
    settings: new TestSettings({ 'orca.baseUrl': url, ...settings }),
    clock,
  });
  contexts.push(context);
  return context.get(OrcaClient);
}

beforeEach(async () => {
  received = [];
  contexts = [];
  peer = await HttpPeer.start((request) => {
    received.push(request);
    return reply;
  });
  orca = await orcaAt(peer.url);
});

afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await peer.close();
});

const wanted = (): boolean => true;
const html = (status = 200): PeerReply => ({ kind: 'answer', status, type: 'text/html', body: '<html>proxy</html>' });

describe('Starting a pipeline', () => {
  it('posts the body as it is, on behalf of whom it runs as', async () => {
    reply = json({ ref: '/pipelines/01HX' });
    const body = '{"application":"größe","n":1.0,"trigger":{}}';

    expect(await orca.orchestrate(body, identity, wanted)).toEqual({ kind: 'accepted', ref: '/pipelines/01HX' });

    expect(received).toEqual([
      {
        method: 'POST',
        url: '/orchestrate',
        body,
        headers: {
          host: peer.url.slice('http://'.length),
          connection: 'keep-alive',
          'content-type': 'application/json; charset=UTF-8',
          ...identity.headers,
          'content-length': String(Buffer.byteLength(body)),
        },
      },
    ]);
  });

  it('names nobody when propagation is off', async () => {
    reply = json({ ref: '/pipelines/1' });
    const silent = await orcaAt(peer.url, { 'okHttpClient.propagateSpinnakerHeaders': false });

    await silent.orchestrate('{}', identity, wanted);

    expect(Object.keys(received[0]?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  it.each([
    [400, false],
    [404, false],
    [401, true],
    [403, true],
    [409, true],
    [429, true],
    [302, true],
  ])('is refused by a %i; worth another try: %s', async (status, retryable) => {
    reply = json({ message: 'Pipeline is disabled and cannot be started.' }, status);

    expect(await orca.orchestrate('{}', identity, wanted)).toEqual({
      kind: 'refused',
      retryable,
      code: `http-${status}`,
      message: `POST ${peer.url}/orchestrate answered ${status}: Pipeline is disabled and cannot be started.`,
    });
    expect(received).toHaveLength(1);
  });

  it.each([500, 502, 503, 504])('is unclear after a %i: orca may keep an execution all the same', async (status) => {
    reply = html(status);

    expect(await orca.orchestrate('{}', identity, wanted)).toEqual({
      kind: 'unclear',
      code: `http-${status}`,
      message: `POST ${peer.url}/orchestrate answered ${status}`,
    });
  });

  it.each([html(), json({}), json(null), json({ ref: '' }), json({ ref: 1 }), json([])])(
    'is unclear after a success that names no execution (%#)',
    async (answer) => {
      reply = answer;

      expect(await orca.orchestrate('{}', identity, wanted)).toMatchObject({
        kind: 'unclear',
        code: 'unusable-answer',
      });
    },
  );

  it('is unclear when the connection is lost', async () => {
    reply = { kind: 'reset' };

    expect(await orca.orchestrate('{}', identity, wanted)).toMatchObject({ kind: 'unclear', code: 'connection-reset' });
    expect(received).toHaveLength(1);
  });

  it('is unclear when the time is up', async () => {
    const silent = await startRawPeer(() => undefined);
    const answer = (await orcaAt(silent.url)).orchestrate('{}', identity, wanted);
    await silent.request(1);

    await clock.advance(120_000);

    expect(await answer).toMatchObject({ kind: 'unclear', code: 'deadline-exceeded' });
    await silent.close();
  });

  it('is unsent when orca cannot be reached', async () => {
    const away = await orcaAt(`http://127.0.0.1:${await freePort()}`);

    expect(await away.orchestrate('{}', identity, wanted)).toMatchObject({
      kind: 'unsent',
      code: 'connection-refused',
    });
  });

  it('is withdrawn when it is not wanted any more as it is about to go out', async () => {
    expect(await orca.orchestrate('{}', identity, () => false)).toMatchObject({ kind: 'withdrawn' });
    expect(received).toEqual([]);
  });

  it('is refused for good when it can never be sent', async () => {
    const headers = { 'x-spinnaker-user': 'a\nb' };

    expect(await orca.orchestrate('{}', { headers }, wanted)).toMatchObject({
      kind: 'refused',
      retryable: false,
      code: 'unsendable-call',
    });
    expect(received).toEqual([]);
  });
});

describe('Reporting a start that cannot be made', () => {
  it('posts it once', async () => {
    reply = json({});

    await orca.fail('{"errorMessage":"x"}', identity);

    expect(received).toMatchObject([
      {
        method: 'POST',
        url: '/fail',
        body: '{"errorMessage":"x"}',
        headers: { 'content-type': 'application/json; charset=UTF-8', ...identity.headers },
      },
    ]);
  });

  it('rejects when orca does not take it', async () => {
    reply = json({ message: 'no' }, 503);

    await expect(orca.fail('{}', identity)).rejects.toThrow('/fail answered 503: no');
    expect(received).toHaveLength(1);
  });
});

describe('Planning', () => {
  it('fills in a templated pipeline, allowed to have no user', async () => {
    reply = json({ stages: [] });

    expect(await orca.plan('{"plan":true}', identity)).toEqual({ stages: [] });

    expect(received).toMatchObject([
      {
        method: 'POST',
        url: '/plan?resolveArtifacts=true',
        body: '{"plan":true}',
        headers: { 'content-type': 'application/json; charset=UTF-8', ...identity.headers, ...anonymous },
      },
    ]);
  });

  it('fills in a stored pipeline with a v2 template', async () => {
    reply = json({ application: 'app' });

    expect(await orca.planTemplate('{"schema":"v2"}', identity)).toEqual({ application: 'app' });

    expect(received).toMatchObject([
      { method: 'POST', url: '/v2/pipelineTemplates/plan', body: '{"schema":"v2"}', headers: anonymous },
    ]);
  });

  it.each([html(), json([]), json(null)])('fails on an answer that is no pipeline (%#)', async (answer) => {
    reply = answer;

    await expect(orca.planTemplate('{}', identity)).rejects.toMatchObject({ code: 'unusable-answer' });
  });
});

describe('Looking up an execution', () => {
  it('finds it, started or not', async () => {
    reply = json({ id: '01HX', status: 'RUNNING', startTime: 1_700_000_000_000, stages: [] });
    expect(await orca.execution('01HX', identity)).toMatchObject({
      kind: 'found',
      status: 'RUNNING',
      startTime: 1_700_000_000_000,
    });

    reply = json({ id: '01HX', status: 'TERMINAL', startTime: null });
    const unstarted = await orca.execution('01HX', identity);
    expect(unstarted).toMatchObject({ kind: 'found', status: 'TERMINAL' });
    expect(unstarted).not.toHaveProperty('startTime');

    expect(received[0]).toMatchObject({ method: 'GET', url: '/pipelines/01HX', headers: identity.headers });
  });

  it('knows that orca has none', async () => {
    reply = json({ message: 'not found' }, 404);

    expect(await orca.execution('01HX', identity)).toEqual({ kind: 'absent' });
  });

  it.each([html(), html(502), json({ status: 'RUNNING' }), json(null), { kind: 'reset' } as const])(
    'does not know when orca cannot tell (%#)',
    async (answer) => {
      reply = answer;

      expect(await orca.execution('01HX', identity)).toMatchObject({ kind: 'unknown' });
    },
  );
});

describe('The latest executions', () => {
  it('are asked for with one parameter for each pipeline', async () => {
    reply = json([
      { id: '1', pipelineConfigId: 'a', status: 'SUCCEEDED', startTime: 5, trigger: {} },
      { id: '2', pipelineConfigId: 'b', status: 'NOT_STARTED' },
      { odd: true },
    ]);

    expect(await orca.latestExecutions(['a', 'b c'], 1, identity)).toEqual([
      { id: '1', pipelineConfigId: 'a', status: 'SUCCEEDED', startTime: 5 },
      { id: '2', pipelineConfigId: 'b', status: 'NOT_STARTED' },
    ]);
    expect(received).toMatchObject([
      { method: 'GET', url: '/pipelines?pipelineConfigIds=a&pipelineConfigIds=b%20c&limit=1' },
    ]);
  });

  it('fail when orca does', async () => {
    reply = json({}, 500);

    await expect(orca.latestExecutions(['a'], 1, identity)).rejects.toMatchObject({ code: 'http-500' });
  });
});
