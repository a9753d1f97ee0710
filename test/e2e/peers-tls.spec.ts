import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { FakeService, type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { json } from '../support/http-peer.js';
import { tlsFile, tlsPair, tlsText } from '../support/tls-fixtures.js';
import { type TlsFront, startTlsFront } from '../support/tls-front.js';

const built = {
  application: 'app',
  name: 'built',
  id: 'built',
  triggers: [{ enabled: true, type: 'jenkins', master: 'ci', job: 'j', propertyFile: 'p', runAsUser: 'svc' }],
};

const BUILD = {
  details: { type: 'build', source: 'igor' },
  eventId: 'B',
  content: { master: 'ci', project: { name: 'j', lastBuild: { building: false, number: 7, result: 'SUCCESS' } } },
};

/** What keel hears of. */
const TEMPLATE = '[{"type":"t","name":"n","reference":"{{ ref }}"}]';
const folder = mkdtempSync(path.join(tmpdir(), 'echo-peers-'));
writeFileSync(path.join(folder, 'own.jinja'), TEMPLATE);
afterAll(() => rmSync(folder, { recursive: true }));
const ARTIFACTS = { enabled: true, sources: [{ source: 'own', templatePath: path.join(folder, 'own.jinja') }] };

const USER = { name: 'svc', applications: [{ name: 'app', authorizations: ['EXECUTE'] }] };

/** A peer shows a certificate of a private CA and lets nobody in who has none of it. */
const CLOSED = { ...tlsPair('server'), ca: tlsText('ca.pem'), requestCert: true, rejectUnauthorized: true };

let spinnaker: FakeSpinnaker;
let fiat: FakeService;
let collector: FakeService;
let keel: FakeService;
let fronts: TlsFront[];
let echo: RunningEcho | undefined;

beforeEach(async () => {
  fronts = [];
  spinnaker = await startFakeSpinnaker([built]);
  spinnaker.igor.answering(() => json({}));
  fiat = await FakeService.start(() => json(USER));
  collector = await FakeService.start(() => json({}));
  keel = await FakeService.start(() => json({}));
});

afterEach(async () => {
  await echo?.close();
  echo = undefined;
  for (const part of [...fronts, fiat, collector, keel]) await part.close();
});

/** The address of a peer behind TLS. */
async function behindTls({ url }: FakeService): Promise<string> {
  const front = await startTlsFront(Number(new URL(url).port), CLOSED);
  fronts.push(front);
  return front.url;
}

async function start(env: Record<string, string>, notReady = false): Promise<RunningEcho> {
  echo = await startEcho({
    spinnaker,
    notReady,
    env: {
      FRONT50_BASEURL: await behindTls(spinnaker.front50),
      ORCA_BASEURL: await behindTls(spinnaker.orca),
      IGOR_BASEURL: await behindTls(spinnaker.igor),
      SERVICES_FIAT_BASEURL: await behindTls(fiat),
      SERVICES_FIAT_ENABLED: 'true',
      IGOR_ENABLED: 'true',
      KEEL_BASEURL: await behindTls(keel),
      KEEL_ENABLED: 'true',
      ARTIFACTEMITTER_ENABLED: 'true',
      SPRING_APPLICATION_JSON: JSON.stringify({ webhooks: { artifacts: ARTIFACTS } }),
      OTEL_EXPORTER_OTLP_ENDPOINT: await behindTls(collector),
      OTEL_BSP_SCHEDULEDELAY: '10',
      ...env,
    },
  });
  return echo;
}

const peers = (): Record<string, FakeService> => ({
  front50: spinnaker.front50,
  orca: spinnaker.orca,
  igor: spinnaker.igor,
  fiat,
  collector,
  keel,
});

describe('With the stores of a private CA', () => {
  const STORES = { OKHTTPCLIENT_TRUSTSTORE: tlsFile('trust.p12'), OKHTTPCLIENT_KEYSTORE: tlsFile('client.p12') };

  it('every service that wants a certificate is spoken to', async () => {
    const running = await start(STORES);
    await running.post('/', BUILD);
    await running.post('/webhooks/artifact/own', { ref: 'r' });
    await running.idle();
    await collector.until(1);

    expect(spinnaker.orca.posted('/orchestrate')).toHaveLength(1);
    for (const [name, peer] of Object.entries(peers())) expect([name, peer.requests.length > 0]).toEqual([name, true]);
  });
});

describe('Without a certificate, or without trust in the CA', () => {
  it.each([
    ['no certificate', { OKHTTPCLIENT_TRUSTSTORE: tlsFile('trust.p12') }],
    ['no trust', { OKHTTPCLIENT_KEYSTORE: tlsFile('client.p12'), OKHTTPCLIENT_TRUSTSTORE: tlsFile('other-ca.pem') }],
  ])('nothing reaches any of them: %s', async (_what, env) => {
    const running = await start(env, true);
    await running.reloaded();

    for (const [name, peer] of Object.entries(peers())) expect([name, peer.requests.length]).toEqual([name, 0]);
    expect((await running.get('/health')).status).toBe(503);
  });
});
