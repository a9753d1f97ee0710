import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, json, type PeerReply, type ReceivedRequest } from '../support/http-peer.js';
import { Peers } from './peers/peers.js';
import { Player } from './player.js';
import type { Recording } from './recording.js';

const QUICK = { pollMs: 5, quietMs: 40, limitMs: 2_000 };

/** Stands in for the service: starts a pipeline a moment after the answer, and knows whether it still has to. */
class StandIn {
  readonly heard: ReceivedRequest[] = [];
  tellsWhetherIdle = true;
  private pending = 0;
  private server: HttpPeer | undefined;

  constructor(private readonly peers: Peers) {}

  async start(): Promise<string> {
    this.server = await HttpPeer.start((request) => this.reply(request));
    return this.server.url;
  }

  close(): Promise<void> | undefined {
    return this.server?.close();
  }

  private reply(request: ReceivedRequest): PeerReply {
    if (request.url === '/admin/idle')
      return this.tellsWhetherIdle ? json({ idle: this.pending === 0 }) : json({}, 404);
    this.heard.push(request);
    if (request.method !== 'POST') return json({ message: 'no' }, 405);
    this.pending += 1;
    setTimeout(() => void this.startPipeline().finally(() => (this.pending -= 1)), 20);
    return json({ eventProcessed: true });
  }

  private startPipeline(): Promise<unknown> {
    const url = `http://127.0.0.1:${this.peers.port('orca')}/orchestrate`;
    const headers = { 'content-type': 'application/json', 'X-SPINNAKER-USER': 'ann', accept: 'x' };
    return fetch(url, { method: 'POST', headers, body: '{"application":"app"}' }).catch(() => undefined);
  }
}

describe('the player', () => {
  let peers: Peers;
  let service: StandIn;
  let player: Player;

  beforeEach(async () => {
    peers = await Peers.start([{ id: 'p1', application: 'app', name: 'pipe' }], 0);
    service = new StandIn(peers);
    player = new Player(await service.start(), peers, QUICK);
  });

  afterEach(async () => {
    await service.close();
    await peers.close();
  });

  const play = (changes: Partial<Recording>) =>
    player.play({ name: 'x', steps: [], responses: [], sent: [], ...changes });

  it('plays the steps in order and collects their answers', async () => {
    const steps = [
      { path: '/first', body: { a: 1 }, headers: { 'X-Event': 'push' } },
      { path: '/second', raw: '{' },
      { path: '/third', method: 'GET' },
    ];

    const { answers } = await play({ steps });

    expect(answers).toEqual([
      { status: 200, body: { eventProcessed: true } },
      { status: 200, body: { eventProcessed: true } },
      { status: 405, body: { message: 'no' } },
    ]);
    expect(service.heard.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
      'POST /first {"a":1}',
      'POST /second {',
      'GET /third ',
    ]);
    expect(service.heard.map(({ headers }) => headers['content-type'])).toEqual([
      'application/json',
      'application/json',
      undefined,
    ]);
    expect(service.heard[0]?.headers['x-event']).toBe('push');
  });

  const start = {
    ...{ peer: 'orca', method: 'POST', url: '/orchestrate', body: { application: 'app' } },
    headers: { 'content-type': 'application/json', 'x-spinnaker-user': 'ann' },
  };

  it('waits until the service says that it is idle', async () => {
    const { sent } = await play({ steps: [{ path: '/' }] });

    expect(sent).toEqual([start]);
  });

  it('waits until nothing comes any more where the service cannot say', async () => {
    service.tellsWhetherIdle = false;

    const { sent } = await play({ steps: [{ path: '/' }] });

    expect(sent).toEqual([start]);
  });

  it('gives each case a page of its own', async () => {
    await play({ steps: [{ path: '/' }] });

    expect(await play({ steps: [] })).toEqual({ answers: [], sent: [] });
  });

  it('lets the peers fail as the case wants it, and writes down what met the fault', async () => {
    const faults = [{ peer: 'orca' as const, url: '^/orchestrate', times: 1, reset: true }];

    const { sent } = await play({ steps: [{ path: '/' }], faults });

    expect(sent.length).toBeGreaterThanOrEqual(1);
    expect(new Set(sent.map(({ url }) => url))).toEqual(new Set(['/orchestrate']));
  });
});

describe('the peers', () => {
  let peers: Peers;

  beforeEach(async () => {
    const pipelines = ['a', 'b'].map((name) => ({ id: `${name}-id`, application: 'app', name }));
    peers = await Peers.start(pipelines, 0);
  });

  afterEach(() => peers.close());

  async function ask(
    peer: 'front50' | 'orca' | 'igor' | 'keel' | 'any',
    path: string,
    body?: object,
  ): Promise<unknown> {
    const init = body && { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`http://127.0.0.1:${peers.port(peer)}${path}`, init);
    const text = await answer.text();
    return [answer.status, text === '' ? '' : JSON.parse(text)];
  }

  it('front50 serves pipelines: all, by id, by name, by application', async () => {
    const [a, b] = ['a', 'b'].map((name) => ({ id: `${name}-id`, application: 'app', name }));

    expect(await ask('front50', '/pipelines?restricted=false')).toEqual([200, [a, b]]);
    expect(await ask('front50', '/pipelines/a-id/get')).toEqual([200, a]);
    expect(await ask('front50', '/pipelines/c-id/get')).toEqual([404, {}]);
    expect(await ask('front50', '/pipelines/app/name/b?refresh=true')).toEqual([200, b]);
    expect(await ask('front50', '/pipelines/app')).toEqual([200, [a, b]]);
    expect(await ask('front50', '/pipelines/other')).toEqual([200, []]);
  });

  it('orca starts, fails and plans, and knows of no execution', async () => {
    expect(await ask('orca', '/orchestrate', { executionId: 'E' })).toEqual([200, { ref: '/pipelines/E' }]);
    expect(await ask('orca', '/orchestrate', {})).toEqual([200, { ref: '/pipelines/exec-2' }]);
    expect(await ask('orca', '/fail', {})).toEqual([200, {}]);
    expect(await ask('orca', '/plan', { a: 1 })).toEqual([200, { a: 1, planned: true }]);
    const planned = [200, { a: 1, plannedV2: true, stages: [] }];
    expect(await ask('orca', '/v2/pipelineTemplates/plan', { type: 't', a: 1 })).toEqual(planned);
    expect(await ask('orca', '/pipelines?pipelineConfigIds=a')).toEqual([200, []]);
    expect(await ask('orca', '/pipelines/E')).toEqual([404, {}]);
  });

  it('igor knows builds, their properties and artifacts, and packages', async () => {
    const build = {
      building: false,
      number: 7,
      name: 'j',
      url: 'http://ci.example/j/7',
      result: 'SUCCESS',
      artifacts: [],
      scm: [],
    };
    const found = { type: 'deb', name: 'n', version: '1', location: 'p', reference: 'n-1', provenance: 'igor' };

    expect(await ask('igor', '/builds/status/7/m/j')).toEqual([200, build]);
    expect(await ask('igor', '/builds/properties/7/f/m/j')).toEqual([
      200,
      { version: '1.2.3', branch: 'main', flavour: 'prod' },
    ]);
    expect(await ask('igor', '/builds/artifacts/7/m/j?propertyFile=f')).toEqual([
      200,
      [expect.objectContaining({ name: 'g:a' })],
    ]);
    expect(await ask('igor', '/artifacts/p/n/1')).toEqual([200, found]);
    expect(await ask('igor', '/artifacts/p/n/missing')).toEqual([404, {}]);
  });

  it('the others are content', async () => {
    expect(await ask('keel', '/artifacts/events', {})).toEqual([200, { ok: true }]);
    expect(await ask('any', '/slack/api/chat.postMessage', {})).toEqual([200, { ok: true }]);
    expect(await ask('any', '/github/repos/o/r/commits/merge')).toEqual([200, expect.objectContaining({ sha: 'x' })]);
    expect(await ask('any', '/jira/rest/api/2/issue/', {})).toEqual([201, expect.objectContaining({ key: 'EX-1' })]);
    expect(await ask('any', '/jira/rest/api/2/issue/EX-1/transitions', {})).toEqual([204, '']);
    expect(await ask('any', '/pagerduty/generic/2010-04-15/create_event.json', {})).toEqual([
      200,
      expect.objectContaining({ incident_key: 'k1' }),
    ]);
  });

  it('meet a fault as often as the case says', async () => {
    peers.open([{ peer: 'igor', url: '^/builds/status', times: 1, status: 503, type: 'text/html', body: '"down"' }]);

    expect(await ask('igor', '/builds/properties/7/f/m/j')).toEqual([200, expect.anything()]);
    expect(await ask('igor', '/builds/status/7/m/j')).toEqual([503, 'down']);
    expect(await ask('igor', '/builds/status/7/m/j')).toEqual([200, expect.anything()]);
  });
});
