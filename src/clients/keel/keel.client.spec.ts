import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, type ReceivedRequest, json } from '../../../test/support/http-peer.js';
import { nestContext } from '../../../test/support/nest-context.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { ClientsModule, KeelClient } from '../index.js';

let status: number;
let received: ReceivedRequest[];
let peer: HttpPeer;
let context: INestApplicationContext;

beforeEach(async () => {
  status = 202;
  received = [];
  peer = await HttpPeer.start((request) => {
    received.push(request);
    return json({}, status);
  });
  context = await nestContext([ClientsModule], { settings: new TestSettings({ 'keel.baseUrl': `${peer.url}/` }) });
});

afterEach(async () => {
  await context.close();
  await peer.close();
});

const tell = (): Promise<void> =>
  context.get(KeelClient).artifactsAppeared('{"payload":{}}', { headers: { 'x-spinnaker-request-id': 'R' } });

describe('Telling keel about artifacts', () => {
  it('posts the body as it is', async () => {
    await tell();

    expect(received).toMatchObject([
      {
        method: 'POST',
        url: '/artifacts/events',
        body: '{"payload":{}}',
        headers: { 'content-type': 'application/json; charset=UTF-8', 'x-spinnaker-request-id': 'R' },
      },
    ]);
  });

  it('rejects when keel does not take them', async () => {
    status = 503;

    await expect(tell()).rejects.toMatchObject({ code: 'http-503', retryable: true });
  });
});
