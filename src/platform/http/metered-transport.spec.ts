import type { INestApplicationContext } from '@nestjs/common';
import { register } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, json } from '../../../test/support/http-peer.js';
import { nestContext } from '../../../test/support/nest-context.js';
import { EchoHttpModule, HttpTransport, Peers } from './index.js';
import { httpMetrics } from './http.metrics.js';

let context: INestApplicationContext;
let peer: HttpPeer;

beforeEach(async () => {
  register.clear();
  context = await nestContext([EchoHttpModule]);
  peer = await HttpPeer.start(({ url }) => (url === '/cut' ? { kind: 'reset' } : json({}, Number(url.slice(1)))));
});

afterEach(async () => {
  await context.close();
  await peer.close();
});

const send = (path: string, headers: Record<string, string> = {}): Promise<unknown> =>
  context
    .get(HttpTransport)
    .send({ method: 'GET', url: peer.url + path, headers })
    .catch((error: unknown) => error);

/** The labels under which calls were counted. */
async function counted(): Promise<unknown[]> {
  const values = (await register.getSingleMetric(httpMetrics.calls.name)?.get())?.values ?? [];
  return values
    .filter((value) => 'metricName' in value && String(value.metricName).endsWith('_count'))
    .map(({ labels, value }) => ({ ...labels, value }));
}

const LOCAL = { requestHost: '127.0.0.1', authenticated: 'false', value: 1 };

describe('An outgoing call', () => {
  it('is timed under its host and its status', async () => {
    await send('/201');
    await send('/503');

    expect(await counted()).toEqual([
      { ...LOCAL, statusCode: '201', status: '2xx', success: 'true' },
      { ...LOCAL, statusCode: '503', status: '5xx', success: 'false' },
    ]);
  });

  it('without an answer has the status -1', async () => {
    await send('/cut');

    expect(await counted()).toEqual([{ ...LOCAL, statusCode: '-1', status: 'Unknown', success: 'false' }]);
  });

  it('is remembered as the last one of its host, without what it asked for', async () => {
    await send('/404');
    await send('/cut');

    const [host] = context.get(Peers).all();
    expect(host).toMatchObject({ host: new URL(peer.url).host, failure: expect.stringMatching(/^[a-z-]+$/) as string });
    expect(host?.answeredAt).toBeLessThanOrEqual(host?.failedAt ?? 0);
    await send('/503');
    expect(context.get(Peers).all()).toMatchObject([{ failure: 'answered 503' }]);
  });

  it('is authenticated when it names a user and accounts', async () => {
    await send('/200', { 'x-spinnaker-user': 'me', 'x-spinnaker-accounts': 'prod' });

    expect(await counted()).toEqual([
      { ...LOCAL, authenticated: 'true', statusCode: '200', status: '2xx', success: 'true' },
    ]);
  });
});
