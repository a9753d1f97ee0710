import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordedLog } from '../../test/support/recorded-log.js';
import { RoomAndPeer } from '../../test/support/room-and-peer.js';
import type { JsonObject } from '../platform/json/index.js';
import { CloudBuildModule } from './cloud-build.module.js';

const BUILD = '1a9ea355-eb3d-4148-b81b-875d07ea118b';
const DESCRIPTION = {
  subscriptionName: 'my account',
  messagePayload: '{"key":"value", "n": 1.0}',
  messageAttributes: { buildId: BUILD, status: 'QUEUED' },
};

let scene: RoomAndPeer;

beforeEach(async () => void (scene = await RoomAndPeer.start(CloudBuildModule, (igor) => ({ 'igor.baseUrl': igor }))));
afterEach(() => scene.close());

const come = (type: string, messageDescription: JsonObject): Promise<void> =>
  scene.accept({ details: { type }, content: { messageDescription }, eventId: 'E' });

describe('what Google Cloud Build says of a build', () => {
  it('is told to igor word for word', async () => {
    await come('googleCloudBuild', DESCRIPTION);
    await scene.until('done');

    expect(scene.received).toMatchObject([
      {
        method: 'PUT',
        url: `/gcb/builds/my%20account/${BUILD}?status=QUEUED`,
        body: DESCRIPTION.messagePayload,
        headers: { 'content-type': 'application/json; charset=UTF-8' },
      },
    ]);
  });

  it('is told again two seconds after igor did not take it', async () => {
    scene.statuses.push(500);
    await come('googleCloudBuild', DESCRIPTION);
    await scene.tryAgainAfter(2400);
    await scene.until('done');

    expect(scene.received).toHaveLength(2);
  });

  it.each([
    ['another type', 'pubsub', DESCRIPTION],
    ['a message without a status', 'googleCloudBuild', { ...DESCRIPTION, messageAttributes: { buildId: BUILD } }],
    ['a message without attributes', 'googleCloudBuild', { ...DESCRIPTION, messageAttributes: null }],
  ])('is not told for %s', async (_what, type, description) => {
    RecordedLog.start();
    await come(type, description);
    await scene.until(undefined);

    expect(scene.received).toEqual([]);
  });
});
