import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TlsOptions, TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { tlsFile, tlsPair, tlsText } from '../../../test/support/tls-fixtures.js';
import { type TlsPeer, startTlsPeer } from '../../../test/support/tls-peer.js';
import { Connections } from './connections.js';
import { UndiciTransport } from './index.js';

const clock = new ManualClock();
const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const TRUSTING = { 'okHttpClient.trustStore': tlsFile('trust.p12') };

function caller(values: Record<string, unknown>) {
  const settings = new TestSettings(values);
  const connections = new Connections(settings);
  const transport = new UndiciTransport(settings, clock, connections);
  closing.push(() => transport.onApplicationShutdown());
  const get = async (url: string): Promise<string> => (await transport.send({ method: 'GET', url })).body;
  const getInsecurely = async (url: string): Promise<string> =>
    (await transport.send({ method: 'GET', url, insecure: true })).body;
  return { get, getInsecurely, connections };
}

async function peerWith(options: TlsOptions): Promise<TlsPeer> {
  const peer = await startTlsPeer(options);
  closing.push(() => peer.close());
  return peer;
}

/** A peer below TLS; the URL says https all the same. */
async function peerThat(greet: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    closing.unshift(() => void socket.destroy());
    greet(socket.on('error', () => socket.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const peerThatSends = (hex: string): Promise<string> =>
  peerThat((socket) => socket.once('data', () => socket.end(Buffer.from(hex, 'hex'))));

const faultOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => expect.unreachable('an answer came'),
    (error: unknown) => error,
  );

const mutual = { ...tlsPair('server'), ca: tlsText('ca.pem'), requestCert: true };

describe("a peer's certificate", () => {
  it.each(['trust.p12', 'ca.pem'])('is accepted when a CA in the trust store has signed it: %s', async (store) => {
    const peer = await peerWith(tlsPair('server'));

    expect(await caller({ 'okHttpClient.trustStore': tlsFile(store) }).get(peer.url)).toBe('nobody');
  });

  it.each([
    ['no trust store', {}],
    ['a trust store with another CA', { 'okHttpClient.trustStore': tlsFile('other-ca.pem') }],
  ])('is refused with %s, and the message says what to do', async (_case, values) => {
    const peer = await peerWith(tlsPair('server'));

    const fault = await faultOf(caller(values).get(peer.url));

    expect(fault).toMatchObject({ code: 'untrusted-certificate', reach: 'unsent', retryable: true });
    expect(fault).toHaveProperty(
      'message',
      `GET ${peer.url}: its certificate is signed by no CA that Echo trusts: ` +
        'put that CA into the file that okHttpClient.trustStore names',
    );
  });

  it('is refused when it has expired', async () => {
    const peer = await peerWith(tlsPair('expired'));

    expect(await faultOf(caller(TRUSTING).get(peer.url))).toMatchObject({
      code: 'expired-certificate',
      message: `GET ${peer.url}: its certificate, or one of its CAs, has expired: it needs a new one`,
    });
  });

  it('is not looked at where the call says so, and where it does not it still is', async () => {
    const peer = await peerWith(tlsPair('expired'));
    const { get, getInsecurely } = caller({});

    expect(await getInsecurely(peer.url)).toBe('nobody');
    expect(await faultOf(get(peer.url))).toMatchObject({ retryable: true });
  });

  it('is refused when it is for another host, whose name is told', async () => {
    const peer = await peerWith(tlsPair('elsewhere'));

    expect(await faultOf(caller(TRUSTING).get(peer.url))).toMatchObject({
      code: 'certificate-of-another-host',
      message: `GET ${peer.url}: its certificate is for DNS:elsewhere.test and not for this host: call it by such a name`,
    });
  });
});

describe('the certificate of Echo', () => {
  it.each([
    ['PKCS12', { 'okHttpClient.keyStore': tlsFile('client.p12') }],
    ['PKCS12 of JDK 8', { 'okHttpClient.keyStore': tlsFile('client-legacy.p12') }],
    ['PEM', { 'okHttpClient.keyStore': tlsFile('client-store.pem') }],
  ])('is shown to a peer that wants one, with the CA between: %s', async (_format, values) => {
    const peer = await peerWith(mutual);

    expect(await caller({ ...TRUSTING, ...values }).get(peer.url)).toBe('deploy');
  });

  it('is needed by some peers, and the message says so', async () => {
    const peer = await peerWith(mutual);

    expect(await faultOf(caller(TRUSTING).get(peer.url))).toMatchObject({
      code: 'client-certificate-refused',
      message: `GET ${peer.url}: it wants a certificate of Echo: name one in okHttpClient.keyStore`,
    });
  });

  it.each([
    [116, 'it wants a certificate of Echo: name one in okHttpClient.keyStore'],
    [42, "it refuses Echo's certificate: okHttpClient.keyStore must have one, valid today, of a CA that it trusts"],
    [48, "it refuses Echo's certificate: okHttpClient.keyStore must have one, valid today, of a CA that it trusts"],
  ])('may be refused with alert %i, and the message says what to do', async (alert, words) => {
    const url = await peerThatSends(`150303000202${alert.toString(16)}`);

    const fault = await faultOf(caller(TRUSTING).get(url));

    expect(fault).toMatchObject({ code: 'client-certificate-refused', message: `GET ${url}: ${words}` });
  });

  it('is refused after the handshake by TLS 1.3; the reason is kept, and not only that the connection ended', async () => {
    const url = await peerThat((socket) => {
      const secure = new TLSSocket(socket, { isServer: true, ...tlsPair('server') });
      secure.once('secure', () => void socket.end(Buffer.from('15030300020274', 'hex')));
    });

    const fault = await faultOf(caller(TRUSTING).get(url));

    expect(fault).toHaveProperty('cause.code', expect.stringMatching(/^ERR_SSL_/));
  });
});

describe('a connection that cannot be made', () => {
  it('names the TLS versions', async () => {
    const peer = await peerWith({ ...tlsPair('server'), maxVersion: 'TLSv1.2' });

    expect(await caller(TRUSTING).get(peer.url)).toBe('nobody');
    expect(await faultOf(caller({ ...TRUSTING, 'okHttpClient.tlsVersions': ['TLSv1.3'] }).get(peer.url))).toMatchObject(
      {
        code: 'tls-failed',
        message: expect.stringContaining('it speaks none of the TLS versions in okHttpClient.tlsVersions'),
      },
    );
  });

  it('names the cipher suites', async () => {
    const peer = await peerWith({
      ...tlsPair('server'),
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256',
    });
    const suites = (...names: string[]) => ({ ...TRUSTING, 'okHttpClient.cipherSuites': names });

    expect(await caller(suites('TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256')).get(peer.url)).toBe('nobody');
    expect(await faultOf(caller(suites('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384')).get(peer.url))).toMatchObject({
      code: 'tls-failed',
      message: expect.stringContaining('it shares no cipher suite with Echo'),
    });
  });
});

describe('stores that are renewed in place', () => {
  it('are used for new connections; what cannot be used is refused and the last good ones stay', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'echo-tls-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    const store = path.join(folder, 'trust.pem');
    const renew = (name: string): void => copyFileSync(tlsFile(name), store);
    renew('other-ca.pem');
    const [first, second] = [await peerWith(tlsPair('server')), await peerWith(tlsPair('server'))];
    const { get, connections } = caller({ 'okHttpClient.trustStore': store });
    const before = await faultOf(get(first.url));

    renew('ca.pem');
    connections.refresh();
    const after = await get(first.url);
    writeFileSync(store, 'half a fi');

    expect(before).toMatchObject({ code: 'untrusted-certificate' });
    expect(after).toBe('nobody');
    expect(() => connections.refresh()).toThrow(/^okHttpClient\.trustStore: '.*' is neither PEM nor PKCS12$/);
    expect(await get(second.url)).toBe('nobody');
  });
});
