import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ServerCredentials } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningEcho, startEcho, until } from '../../support/echo.js';
import { FakeAmazon, queueArn, topicArn } from '../../support/fake-amazon.js';
import { FakeGoogle } from '../../support/fake-google.js';
import { HttpPeer, json } from '../../support/http-peer.js';
import { ProxyPeer } from '../../support/proxy-peer.js';
import { tlsFile, tlsPair, tlsText } from '../../support/tls-fixtures.js';
import { type TlsFront, startTlsFront } from '../../support/tls-front.js';

const STORES = {
  OKHTTPCLIENT_TRUSTSTORE: tlsFile('ca.pem'),
  OKHTTPCLIENT_KEYSTORE: tlsFile('client-store.pem'),
};

const { cert, key } = tlsPair('cloud');
const CLOSED = { cert, key, ca: tlsText('ca.pem'), requestCert: true, rejectUnauthorized: true };
const pair = { cert_chain: Buffer.from(cert), private_key: Buffer.from(key) };

let folder: string;
let amazon: FakeAmazon;
let google: FakeGoogle;
let pagerDuty: HttpPeer;
let paged: string[];
let fronts: Map<string, TlsFront>;
let proxy: ProxyPeer;
let echo: RunningEcho | undefined;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-clouds-'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  amazon = await FakeAmazon.start();
  amazon.publicUrl = 'https://sqs.eu-west-1.amazonaws.com';
  google = await FakeGoogle.start(ServerCredentials.createSsl(Buffer.from(tlsText('ca.pem')), [pair], true));
  google.createSubscription('proj', 'images');
  paged = [];
  pagerDuty = await HttpPeer.start(({ body }) => {
    paged.push(body);
    return json({ status: 'success' }, 202);
  });
  const atAmazon = await startTlsFront(amazon.port, CLOSED);
  const atPagerDuty = await startTlsFront(Number(new URL(pagerDuty.url).port), CLOSED);
  fronts = new Map([
    ['sqs.eu-west-1.amazonaws.com:443', atAmazon],
    ['sns.eu-west-1.amazonaws.com:443', atAmazon],
    ['events.pagerduty.com:443', atPagerDuty],
  ]);
  const portOf = (host: string): number => Number(new URL(fronts.get(host)?.url ?? `http://x:${google.port}`).port);
  proxy = await ProxyPeer.start({ leadsTo: portOf, credentials: 'echo:p@ss' });
});

afterEach(async () => {
  await echo?.close();
  echo = undefined;
  vi.unstubAllEnvs();
  await proxy.close();
  for (const part of [...new Set(fronts.values()), amazon, google, pagerDuty]) await part.close();
  rmSync(folder, { recursive: true });
});

function pubsubWith(googleEndpoint?: string): object {
  const jsonPath = path.join(folder, 'key.json');
  const account = { type: 'service_account', client_email: 'echo@proj', private_key: tlsText('client-key.pem') };
  writeFileSync(jsonPath, JSON.stringify(account));
  const orders = { name: 'orders', topicARN: topicArn('news'), queueARN: queueArn('orders'), waitTimeSeconds: 20 };
  const atGoogle = { name: 'all', project: 'proj', topicName: 'events', jsonPath, batchCountThreshold: 1 };
  const images = { name: 'images', project: 'proj', subscriptionName: 'images', jsonPath };
  return {
    enabled: true,
    amazon: {
      enabled: true,
      subscriptions: [orders],
      publishers: [{ name: 'everything', topicARN: topicArn('events') }],
    },
    google: {
      enabled: true,
      subscriptions: [images],
      publishers: [atGoogle],
      ...(googleEndpoint && { endpoint: googleEndpoint }),
    },
  };
}

async function start(env: Record<string, string>, pubsub = pubsubWith()): Promise<RunningEcho> {
  return (echo = await startEcho({
    env: {
      PLATFORM_HTTP_HTTPSPROXY: `http://echo:p%40ss@${proxy.address}`,
      PAGERDUTY_ENABLED: 'true',
      PAGERDUTY_EVENTSAPI: 'v2',
      SPRING_APPLICATION_JSON: JSON.stringify({ pubsub }),
      ...env,
    },
  }));
}

const FAILED = {
  details: { type: 'orca:pipeline:failed', source: 'orca', application: 'app' },
  content: {
    execution: { id: 'x', notifications: [{ type: 'pagerduty', address: 'R1', when: ['pipeline.failed'] }] },
  },
};

describe('Behind a proxy, with certificates of a private CA, that want one of Echo', () => {
  it('the clients of Amazon, Google and PagerDuty go where all other calls go', async () => {
    const running = await start(STORES);
    await until(() => amazon.called('ReceiveMessage').length > 0 && google.receivers('images') > 0);
    amazon.publish('news', '{"from":"amazon"}');
    google.send('images', '{"from":"google"}');
    await until(() => amazon.bodies('orders').length === 0 && google.unacknowledged('images') === 0);

    await running.post('/', FAILED);
    await running.idle();

    const types = [amazon.published, google.published].map((sent) =>
      sent.map(({ attributes }) => attributes['rawType']),
    );
    expect(types.map((each) => each.filter((type) => type === 'orca:pipeline:failed'))).toEqual([
      ['orca:pipeline:failed'],
      ['orca:pipeline:failed'],
    ]);
    expect(paged).toHaveLength(1);
    expect(new Set(proxy.requests.map(({ target }) => target))).toEqual(
      new Set([...fronts.keys(), 'pubsub.googleapis.com:443']),
    );
  });

  it.each([
    ['no certificate', { OKHTTPCLIENT_TRUSTSTORE: tlsFile('ca.pem') }],
    ['no trust', { ...STORES, OKHTTPCLIENT_TRUSTSTORE: tlsFile('other-ca.pem') }],
  ])('none of them reaches anybody with %s', async (_what, env) => {
    const running = await start(env);
    await running.post('/', FAILED);
    await until(() => new Set(proxy.requests.map(({ target }) => target)).size === fronts.size + 1);

    expect([amazon.calls, google.published, paged]).toEqual([[], [], []]);
    expect(google.receivers('images')).toBe(0);
  });
});

describe('A private endpoint of Pub/Sub whose address says https', () => {
  it('is called by TLS, directly where NO_PROXY names it', async () => {
    const { cert: chain, key: own } = tlsPair('server');
    const credentials = ServerCredentials.createSsl(
      Buffer.from(tlsText('ca.pem')),
      [{ cert_chain: Buffer.from(chain), private_key: Buffer.from(own) }],
      true,
    );
    await google.close();
    google = await FakeGoogle.start(credentials);
    google.createSubscription('proj', 'images');

    await start({ ...STORES, PLATFORM_HTTP_NOPROXY: 'localhost' }, pubsubWith(`https://localhost:${google.port}`));
    await until(() => google.receivers('images') > 0);

    expect(proxy.requests.filter(({ target }) => target.includes('localhost'))).toEqual([]);
  });
});
