import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, type ReceivedRequest, json } from '../../test/support/http-peer.js';
import { ManualClock } from '../../test/support/manual-clock.js';
import { nestContext } from '../../test/support/nest-context.js';
import { RecordedLog } from '../../test/support/recorded-log.js';
import { TestSettings } from '../../test/support/test-settings.js';
import { Inbox } from '../events/index.js';
import { Outbox } from '../outbox/index.js';
import type { JsonObject } from '../platform/json/index.js';
import { NOBODY } from '../platform/request-context/index.js';
import { CloudBuildModule } from './cloud-build.module.js';

const BUILD = '1a9ea355-eb3d-4148-b81b-875d07ea118b';
const DESCRIPTION = {
  subscriptionName: 'my account',
  messagePayload: '{"key":"value", "n": 1.0}',
  messageAttributes: { buildId: BUILD, status: 'QUEUED' },
};

let clock: ManualClock;
let statuses: number[];
let received: ReceivedRequest[];
let peer: HttpPeer;
let context: INestApplicationContext;

beforeEach(async () => {
  clock = new ManualClock();
  statuses = [];
  received = [];
  peer = await HttpPeer.start((request) => {
    received.push(request);
    return json({}, statuses.shift() ?? 200);
  });
  context = await nestContext([CloudBuildModule], { settings: new TestSettings({ 'igor.baseUrl': peer.url }), clock });
});

afterEach(async () => {
  await context.close();
  await peer.close();
});

async function come(type: string, messageDescription: JsonObject): Promise<void> {
  const event = { details: { type }, content: { messageDescription }, eventId: 'E' };
  await context.get(Inbox, { strict: false }).accept({ event, identity: NOBODY });
}

const inbox = (): Inbox => context.get(Inbox, { strict: false });
const latest = async (): Promise<string | undefined> =>
  (await context.get(Outbox, { strict: false }).latest(1))[0]?.state;

async function until(state: string | undefined): Promise<void> {
  while (inbox().depth() > 0 || (await latest()) !== state) await new Promise((resolve) => setImmediate(resolve));
}

describe('what Google Cloud Build says of a build', () => {
  it('is told to igor word for word', async () => {
    await come('googleCloudBuild', DESCRIPTION);
    await until('done');

    expect(received).toMatchObject([
      {
        method: 'PUT',
        url: `/gcb/builds/my%20account/${BUILD}?status=QUEUED`,
        body: DESCRIPTION.messagePayload,
        headers: { 'content-type': 'application/json; charset=UTF-8' },
      },
    ]);
  });

  it('is told again two seconds after igor did not take it', async () => {
    statuses = [500];
    await come('googleCloudBuild', DESCRIPTION);
    await clock.untilWaiting(2400);
    await clock.advance(2400);
    await until('done');

    expect(received).toHaveLength(2);
  });

  it.each([
    ['another type', 'pubsub', DESCRIPTION],
    ['a message without a status', 'googleCloudBuild', { ...DESCRIPTION, messageAttributes: { buildId: BUILD } }],
    ['a message without attributes', 'googleCloudBuild', { ...DESCRIPTION, messageAttributes: null }],
  ])('is not told for %s', async (_what, type, description) => {
    RecordedLog.start();
    await come(type, description);
    await until(undefined);

    expect(received).toEqual([]);
  });
});
