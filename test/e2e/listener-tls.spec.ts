import { type RequestOptions, request } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { echoEvent } from '../../src/events/events.facts.js';
import { Bus, type ReceivedEvent } from '../../src/events/index.js';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { tlsFile, tlsPair, tlsText } from '../support/tls-fixtures.js';

interface Answer {
  readonly status: number;
  readonly body: string;
  /** What browsers are told about TLS. */
  readonly hsts: string | undefined;
}

let echo: RunningEcho | undefined;
afterEach(async () => {
  await echo?.close();
  echo = undefined;
});

async function startSecureEcho(env: Record<string, string>): Promise<RunningEcho> {
  return (echo = await startEcho({ env, notReady: true }));
}

function ask(path: string, options: RequestOptions = {}, body?: string): Promise<Answer> {
  const { port } = new URL(echo?.url ?? '');
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, path, agent: false, ca: tlsText('ca.pem'), ...options },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: text, hsts: answer.headers['strict-transport-security'] }),
        );
      },
    );
    asking.on('error', reject).end(body);
  });
}

const CLIENT = { cert: tlsText('client.pem'), key: tlsText('client-key.pem') };
const STRANGER = tlsPair('stranger');

const STORES: readonly (readonly [string, Record<string, string>])[] = [
  ['a PKCS12 store', { SERVER_SSL_KEYSTORE: tlsFile('server.p12'), SERVER_SSL_KEYSTOREPASSWORD: 'changeit' }],
  [
    'one of several keys in a store',
    {
      SERVER_SSL_KEY_STORE: tlsFile('two-keys.p12'),
      SERVER_SSL_KEY_STORE_PASSWORD: 'changeit',
      SERVER_SSL_KEY_ALIAS: 'server',
    },
  ],
  [
    'PEM files',
    { SERVER_SSL_CERTIFICATE: tlsFile('server.pem'), SERVER_SSL_CERTIFICATEPRIVATEKEY: tlsFile('server-key.pem') },
  ],
];

const SERVED = STORES[0]?.[1] ?? {};
const ASKING = { ...SERVED, SERVER_SSL_TRUSTSTORE: tlsFile('trust.p12'), SERVER_SSL_TRUSTSTOREPASSWORD: 'changeit' };

describe('Echo behind TLS', () => {
  it.each(STORES)('serves with the key of %s, and has browsers stay with TLS', async (_what, env) => {
    await startSecureEcho(env);

    const hsts = 'max-age=31536000';
    expect(await ask('/health/liveness')).toEqual({ status: 200, body: '{"status":"UP"}', hsts });
  });

  it('serves plain HTTP with a key as well when it is told so', async () => {
    const { url } = await startSecureEcho({ ...SERVED, SERVER_SSL_ENABLED: 'false' });

    expect((await fetch(`${url}/health/liveness`)).status).toBe(200);
  });

  it('serves the versions of TLS that it is given', async () => {
    await startSecureEcho({ ...SERVED, SERVER_SSL_ENABLEDPROTOCOLS: 'TLSv1.2' });

    await expect(ask('/health/liveness', { minVersion: 'TLSv1.3' })).rejects.toThrow(/protocol version/);
    expect((await ask('/health/liveness', { maxVersion: 'TLSv1.2' })).status).toBe(200);
  });

  it('lets nobody in without a certificate of its CA where one is needed', async () => {
    await startSecureEcho({ ...ASKING, SERVER_SSL_CLIENTAUTH: 'need' });

    await expect(ask('/health/liveness')).rejects.toThrow();
    await expect(ask('/health/liveness', STRANGER)).rejects.toThrow();
    expect((await ask('/health/liveness', CLIENT)).status).toBe(200);
  });
});

describe('an ingress that wants a certificate', () => {
  it('takes events only from who has one of its CA; health is open', async () => {
    await startSecureEcho({ ...ASKING, SERVER_SSL_CLIENTAUTH: 'want', SECURITY_INGRESS_REQUIRE: 'certificate' });
    const post = { method: 'POST', headers: { 'content-type': 'application/json' } };

    expect((await ask('/', post, '{}')).status).toBe(401);
    expect((await ask('/', { ...post, ...STRANGER }, '{}')).status).toBe(401);
    expect((await ask('/', { ...post, ...CLIENT }, '{}')).status).toBe(200);
    expect((await ask('/health/liveness')).status).toBe(200);
  });
});

describe('the user of an event', () => {
  /** Posts an event, and returns the user that it is taken to come from. */
  async function userOf({ headers, ...tls }: RequestOptions): Promise<string | undefined> {
    const { app } = await startSecureEcho({ ...ASKING, SERVER_SSL_CLIENTAUTH: 'want' });
    const received = new Promise<ReceivedEvent>((resolve) => {
      app.get(Bus, { strict: false }).subscribe(echoEvent, 'test', resolve);
    });
    const json = { 'content-type': 'application/json', ...(headers as Record<string, string> | undefined) };
    const answer = await ask('/', { ...tls, method: 'POST', headers: json }, '{"details":{"type":"x"}}');
    expect(answer.status).toBe(200);
    return (await received).identity.headers['x-spinnaker-user'];
  }

  it('is the e-mail address in the certificate of the caller', async () => {
    expect(await userOf(CLIENT)).toBe('deploy@x.example');
  });

  it('is the one of the header where there is one', async () => {
    expect(await userOf({ ...CLIENT, headers: { 'x-spinnaker-user': 'joe' } })).toBe('joe');
  });

  it.each([
    ['a certificate of another CA', STRANGER],
    ['no certificate', {}],
  ])('is nobody for %s', async (_what, options) => {
    expect(await userOf(options)).toBeUndefined();
  });
});
