import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from '../../../test/support/http-peer.js';
import { nestContext } from '../../../test/support/nest-context.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { ClientsModule, Front50Client } from '../index.js';

const identity = { headers: { 'x-spinnaker-user': 'u@x', 'x-spinnaker-request-id': 'R1' } };

let reply: PeerReply;
let received: ReceivedRequest[];
let peer: HttpPeer;
let context: INestApplicationContext;
let front50: Front50Client;

beforeEach(async () => {
  received = [];
  peer = await HttpPeer.start((request) => {
    received.push(request);
    return reply;
  });
  context = await nestContext([ClientsModule], {
    settings: new TestSettings({ 'front50.baseUrl': `${peer.url}/f50` }),
  });
  front50 = context.get(Front50Client);
});

afterEach(async () => {
  await context.close();
  await peer.close();
});

describe('Loading all pipelines', () => {
  it('asks as nobody in particular', async () => {
    reply = json([{ id: '1' }, 'odd']);

    expect(await front50.pipelines()).toEqual([{ id: '1' }, 'odd']);

    expect(received).toMatchObject([{ method: 'GET', url: '/f50/pipelines?restricted=false', body: '' }]);
    expect(received[0]?.headers).toMatchObject({ accept: 'application/json', 'x-spinnaker-anonymous': 'anonymous' });
    expect(received[0]?.headers).not.toHaveProperty('x-spinnaker-user');
  });

  it('can ask for those with certain triggers only', async () => {
    reply = json([]);

    await front50.pipelines({ triggerTypes: ['cron', 'gitlab-ci'] });

    expect(received[0]?.url).toBe(
      '/f50/pipelines?restricted=false&enabledPipelines=true&enabledTriggers=true&triggerTypes=cron%2Cgitlab-ci',
    );
  });

  it.each(['', 'null'])('takes %j for an empty list', async (body) => {
    reply = { kind: 'answer', status: 200, type: 'application/json', body };

    expect(await front50.pipelines()).toEqual([]);
  });

  it.each([
    ['<html>proxy</html>', 'what is no JSON: <html>proxy</html>'],
    ['{"error":"x"}', 'front50 answered an object where a list was expected'],
    ['"down"', 'front50 answered the bare value down where a list was expected'],
    ['[{"id":"1"},', 'what is no JSON'],
  ])('fails on %s and says what came', async (body, message) => {
    reply = { kind: 'answer', status: 200, type: 'text/html', body };

    await expect(front50.pipelines()).rejects.toMatchObject({
      code: 'unusable-answer',
      message: expect.stringContaining(message) as string,
    });
  });

  it('fails when front50 does, after one try', async () => {
    reply = json({ message: 'no store' }, 500);

    await expect(front50.pipelines()).rejects.toThrow(
      `GET ${peer.url}/f50/pipelines?restricted=false answered 500: no store`,
    );
    expect(received).toHaveLength(1);
  });
});

describe('Asking for one pipeline', () => {
  it('goes by id, on behalf of the caller', async () => {
    reply = json({ id: 'a/b ü' });

    expect(await front50.pipelineById('a/b ü', identity)).toEqual({ id: 'a/b ü' });

    expect(received).toMatchObject([
      { method: 'GET', url: '/f50/pipelines/a%2Fb%20%C3%BC/get', headers: identity.headers },
    ]);
    expect(received[0]?.headers).not.toHaveProperty('x-spinnaker-anonymous');
  });

  it('goes by name', async () => {
    reply = json({ name: 'Deploy (prod)' });

    await front50.pipelineByName('my app', 'Deploy (prod)', identity);

    expect(received).toMatchObject([
      { url: '/f50/pipelines/my%20app/name/Deploy%20%28prod%29?refresh=true', headers: identity.headers },
    ]);
  });

  it.each([json({ message: 'gone' }, 404), json(null)])('finds nothing where front50 has none', async (none) => {
    reply = none;

    expect(await front50.pipelineById('p', identity)).toBeUndefined();
  });

  it('fails when front50 does', async () => {
    reply = json({}, 503);

    await expect(front50.pipelineByName('a', 'n', identity)).rejects.toMatchObject({ code: 'http-503' });
  });
});
