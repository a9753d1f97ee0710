import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from '../../test/support/http-peer.js';
import { ManualClock } from '../../test/support/manual-clock.js';
import { nestContext } from '../../test/support/nest-context.js';
import { TestSettings } from '../../test/support/test-settings.js';
import { Bus, Inbox } from '../events/index.js';
import { type Effect, Outbox } from '../outbox/index.js';
import { EndpointStates } from './endpoint-states.js';
import { Replay } from './replay.js';
import { restConfig } from './rest-forwarder.config.js';
import { type EndpointDisabled, endpointDisabled } from './rest-forwarder.facts.js';
import { RestForwarderModule } from './rest-forwarder.module.js';

const DAY = 86_400_000;

let clock: ManualClock;
let peer: HttpPeer;
let received: ReceivedRequest[];
let reply: (request: ReceivedRequest) => PeerReply;
let context: INestApplicationContext;

beforeEach(async () => {
  clock = new ManualClock();
  received = [];
  reply = () => json({});
  peer = await HttpPeer.start((request) => {
    received.push(request);
    return reply(request);
  });
});

afterEach(async () => {
  await context.close();
  await peer.close();
});

async function begin(endpoints: readonly object[], more: Record<string, unknown> = {}): Promise<void> {
  const read = restConfig.endpoints.schema.parse(endpoints.map((one) => ({ url: `${peer.url}/hook`, ...one })));
  const settings = new TestSettings({ 'rest.endpoints': read, ...more });
  context = await nestContext([RestForwarderModule], { settings, clock });
}

const accept = (eventId: string, details: object = {}): Promise<unknown> =>
  context.get(Inbox, { strict: false }).accept({
    event: { details: { type: 'build', ...details }, eventId },
    identity: { headers: { 'x-spinnaker-user': 'ann' } },
  });

const effects = (): Promise<Effect[]> => context.get(Outbox, { strict: false }).latest(100);

/** Resolves when every forward is at rest: at its end, or waiting for its next try. */
async function atRest(count: number): Promise<Effect[]> {
  for (;;) {
    const all = await effects();
    const resting = all.filter(({ state, nextAttemptAt }) => state !== 'pending' || nextAttemptAt !== undefined);
    const due = all.filter(
      ({ state, nextAttemptAt = Infinity }) => state === 'pending' && nextAttemptAt <= clock.now(),
    );
    if (resting.length === count && due.length === 0) return all;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const states = async (count: number): Promise<string[]> => (await atRest(count)).map(({ state }) => state);
const ids = (): string[] => received.map(({ body }) => (JSON.parse(body) as { eventId: string }).eventId);

/** Moves on and waits until what fell due was tried. */
async function later(ms: number, count: number): Promise<Effect[]> {
  await clock.advance(ms);
  return atRest(count);
}

describe('forwarding', () => {
  it('goes to each endpoint on its own, at the exact address, without telling who caused it', async () => {
    reply = ({ url }) => json({}, url === '/bad' ? 500 : 200);
    await begin([
      { url: `${peer.url}/bad`, durable: false },
      { url: `${peer.url}/good?`, propagateHeaders: true },
    ]);
    await accept('E1');

    expect((await states(2)).sort()).toEqual(['dead', 'done']);
    const [bad, good] = [...received].sort((a, b) => (a.url < b.url ? -1 : 1));
    expect(bad).toMatchObject({ method: 'POST', url: '/bad' });
    expect(bad?.headers).not.toHaveProperty('x-spinnaker-user');
    expect(good?.headers).toMatchObject({
      'content-type': 'application/json; charset=UTF-8',
      'x-spinnaker-user': 'ann',
      'x-spinnaker-request-id': expect.stringMatching(/./),
    });
  });

  it('keeps headers that prove who somebody is to itself', async () => {
    await begin([{}]);
    await accept('E1', { requestHeaders: { Authorization: ['s3cret'], 'x-hub-signature': ['s'], host: ['h'] } });
    await atRest(1);

    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ details: { requestHeaders: { host: ['h'] } } });
    expect(received[0]?.body).not.toMatch(/s3cret|hub/);
  });

  it('leaves out what an endpoint does not want', async () => {
    await begin([{ types: ['docker'] }]);
    await accept('E1');
    await accept('E2', { type: 'docker' });

    expect(await states(1)).toEqual(['done']);
    expect(ids()).toEqual(['E2']);
  });

  it('is dead at once where the template makes nothing of the event', async () => {
    await begin([{ wrap: true, template: '{{event}' }]);
    await accept('E1');

    expect(await atRest(1)).toMatchObject([{ state: 'dead', lastError: 'the filled template is no JSON object' }]);
    expect(received).toEqual([]);
  });
});

describe('a forward that fails', () => {
  it('is tried fast, then slowly, with the same body and id and a new signature', async () => {
    const replies = [500, 502, 200];
    reply = () => json({}, replies.shift() ?? 200);
    await begin([{ retryCount: 2, retryDelays: [5000], signingSecrets: ['c2VjcmV0'] }]);
    await accept('E1');
    await atRest(1);

    await later(200, 1);
    expect(received).toHaveLength(2);
    await later(4999, 1);
    expect(received).toHaveLength(2);
    expect((await later(1, 1))[0]).toMatchObject({ state: 'done' });

    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(received.map(({ headers }) => headers['webhook-timestamp'])).toEqual(
      [0, 0, 5].map((seconds) => String(Date.UTC(2024, 0, 15, 12) / 1000 + seconds)),
    );
  });

  it('does not make others wait without end', async () => {
    reply = () => json({}, 500);
    await begin([{}], { 'rest.maxWaiting': 1 });
    await accept('E1');
    await atRest(1);
    await accept('E2');

    expect((await states(2)).sort()).toEqual(['dead', 'pending']);
  });
});

describe('an ordering key', () => {
  it('holds later events back while an earlier one waits, and no others', async () => {
    let broken = true;
    reply = ({ body }) => json({}, broken && body.includes('E1') ? 500 : 200);
    await begin([{ orderingKey: 'details.application', retryDelays: [5000] }]);
    await accept('E1', { application: 'a' });
    await atRest(1);
    await accept('E2', { application: 'a' });
    await accept('E3', { application: 'b' });
    await atRest(3);
    expect(ids()).toEqual(['E1', 'E3']);

    broken = false;
    await later(5000, 3);
    await later(1000, 3);
    expect(ids()).toEqual(['E1', 'E3', 'E1', 'E2']);
  });
});

describe('an endpoint that fails for days', () => {
  const notices: EndpointDisabled[] = [];

  beforeEach(async () => {
    notices.length = 0;
    reply = () => json({}, 500);
    await begin([{ name: 'hook', durable: false }], { 'rest.disableAfterMs': 5 * DAY });
    context.get(Bus, { strict: false }).subscribe(endpointDisabled, 'test', (notice) => void notices.push(notice));
  });

  it('is disabled with a notice, gets nothing more, and what it misses is recorded', async () => {
    await accept('E1');
    await atRest(1);
    await clock.advance(5 * DAY);
    expect(notices).toEqual([]);
    await accept('E2');
    await atRest(2);

    expect(notices).toEqual([
      { endpoint: 'hook', failingSince: Date.UTC(2024, 0, 15, 12), lastError: 'hook answered 500' },
    ]);
    await accept('E3');
    expect((await atRest(3)).find(({ cause }) => cause.eventId === 'E3')).toMatchObject({
      state: 'suppressed',
      suppressedBy: "the endpoint 'hook' is disabled",
    });
    expect(ids()).toEqual(['E1', 'E2']);
  });

  it('is not disabled when it has worked in between', async () => {
    await accept('E1');
    await atRest(1);
    reply = () => json({});
    await accept('E2');
    await atRest(2);
    await clock.advance(5 * DAY);
    reply = () => json({}, 500);
    await accept('E3');
    await atRest(3);

    expect(notices).toEqual([]);
  });

  it('is disabled at once when it says that it is gone', async () => {
    reply = () => json({}, 410);
    await accept('E1');
    await atRest(1);

    expect(notices).toHaveLength(1);
  });

  it('gets what it missed when it is enabled again and the time is replayed', async () => {
    reply = () => json({}, 410);
    await accept('E1');
    await atRest(1);
    const from = clock.now() + 1;
    await clock.advance(1000);
    await accept('E2');
    await accept('E3');
    await atRest(3);

    reply = () => json({});
    await context.get(EndpointStates, { strict: false }).enable('hook');
    const replay = context.get(Replay, { strict: false });
    expect(await replay.replay('hook', { from, to: clock.now() })).toBe(2);
    await atRest(5);
    expect(ids().toSorted()).toEqual(['E1', 'E2', 'E3']);

    expect(await replay.replay('hook', { from, to: clock.now() })).toBe(2);
    await atRest(7);
  });
});
