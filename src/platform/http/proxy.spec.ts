import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../test/support/free-port.js';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { type ProxyOptions, ProxyPeer } from '../../../test/support/proxy-peer.js';
import { type RawPeer, rawAnswer, startRawPeer } from '../../../test/support/raw-peer.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { tlsFile, tlsPair, tlsText } from '../../../test/support/tls-fixtures.js';
import { type TlsPeer, startTlsPeer } from '../../../test/support/tls-peer.js';
import { Connections } from './connections.js';
import { type HttpAnswer, type HttpCall, UndiciTransport } from './index.js';

const clock = new ManualClock();
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  expect(clock.waiting, 'timers left behind').toBe(0);
});

const TRUST = { 'okHttpClient.trustStore': tlsFile('trust.p12') };

function caller(values: Record<string, unknown>): (call: Omit<HttpCall, 'method'>) => Promise<HttpAnswer> {
  const settings = new TestSettings({ ...TRUST, ...values });
  const transport = new UndiciTransport(settings, clock, new Connections(settings));
  closing.unshift(() => transport.onApplicationShutdown());
  return (call) => transport.send({ method: 'GET', ...call });
}

async function proxyTo(options: ProxyOptions): Promise<ProxyPeer> {
  const proxy = await ProxyPeer.start(options);
  closing.push(() => proxy.close());
  return proxy;
}

async function secureOrca(): Promise<TlsPeer> {
  const peer = await startTlsPeer({
    ...tlsPair('server'),
    ca: tlsText('ca.pem'),
    requestCert: true,
    rejectUnauthorized: false,
  });
  closing.push(() => peer.close());
  return peer;
}

async function plainOrca(): Promise<RawPeer & { readonly port: number }> {
  const peer = await startRawPeer(({ socket }) => void socket.write(rawAnswer('plain')));
  closing.push(() => peer.close());
  return { ...peer, port: Number(new URL(peer.url).port) };
}

const faultOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => expect.unreachable('an answer came'),
    (error: unknown) => error,
  );

describe('a call to an https address', () => {
  it("goes through a tunnel of the proxy, with Echo's certificate and the peer's own, to a name only the proxy knows", async () => {
    const orca = await secureOrca();
    const proxy = await proxyTo({ leadsTo: orca.port });
    const call = caller({
      'platform.http.httpsProxy': `http://${proxy.address}`,
      'okHttpClient.keyStore': tlsFile('client.p12'),
    });

    const bodies = [await call({ url: 'https://orca.test/a' }), await call({ url: 'https://orca.test:8443/b' })];

    expect(bodies.map(({ body }) => body)).toEqual(['deploy', 'deploy']);
    expect(proxy.requests).toEqual([
      { method: 'CONNECT', target: 'orca.test:443', authorization: undefined },
      { method: 'CONNECT', target: 'orca.test:8443', authorization: undefined },
    ]);
    expect(orca.connections).toEqual(['orca.test', 'orca.test']);
  });

  it('uses a tunnel again', async () => {
    const orca = await secureOrca();
    const proxy = await proxyTo({ leadsTo: orca.port });
    const call = caller({ 'platform.http.httpsProxy': `http://${proxy.address}` });

    for (let i = 0; i < 3; i++) {
      await call({ url: 'https://orca.test/' });
      await clock.advance(0);
    }

    expect(proxy.requests).toHaveLength(1);
  });

  it('checks the certificate at the end of the tunnel', async () => {
    const orca = await secureOrca();
    const proxy = await proxyTo({ leadsTo: orca.port });
    const call = caller({ 'platform.http.httpsProxy': `http://${proxy.address}` });

    expect(await faultOf(call({ url: 'https://other.test/' }))).toMatchObject({
      code: 'certificate-of-another-host',
      reach: 'unsent',
    });
  });

  it('is not affected by a proxy for http addresses', async () => {
    const orca = await secureOrca();
    const call = caller({ 'platform.http.httpProxy': 'http://127.0.0.1:1' });

    expect((await call({ url: `https://localhost:${orca.port}/` })).body).toBe('nobody');
  });

  it('can go through a proxy that speaks TLS itself', async () => {
    const orca = await secureOrca();
    const proxy = await proxyTo({ leadsTo: orca.port, tls: tlsPair('server') });
    const call = caller({ 'platform.http.httpsProxy': `https://${proxy.address}` });

    expect((await call({ url: 'https://orca.test/' })).body).toBe('nobody');
    expect(proxy.requests).toMatchObject([{ method: 'CONNECT', target: 'orca.test:443' }]);
  });
});

describe('a call to an http address', () => {
  it('is given to the proxy with its whole URL', async () => {
    const orca = await plainOrca();
    const proxy = await proxyTo({ leadsTo: orca.port });
    const call = caller({ 'platform.http.httpProxy': `http://echo:p%40ss@${proxy.address}` });

    const answer = await call({ url: 'http://orca.test:8083/orchestrate?a=b', headers: { 'x-spinnaker-user': 'me' } });

    expect(answer.body).toBe('plain');
    expect(proxy.requests).toEqual([
      {
        method: 'GET',
        target: 'http://orca.test:8083/orchestrate?a=b',
        authorization: `Basic ${Buffer.from('echo:p@ss').toString('base64')}`,
      },
    ]);
    expect(orca.requests[0]?.text).toMatch(/^GET \/orchestrate\?a=b HTTP\/1.1\r\n/);
    expect(orca.requests[0]?.text).toContain('host: orca.test:8083\r\n');
    expect(orca.requests[0]?.text).toContain('x-spinnaker-user: me\r\n');
  });

  it('goes directly where only https has a proxy', async () => {
    const orca = await plainOrca();
    const call = caller({ 'platform.http.httpsProxy': 'http://127.0.0.1:1', 'platform.http.noProxy': ['nobody'] });

    expect((await call({ url: `http://localhost:${orca.port}/` })).body).toBe('plain');
  });
});

describe('a destination that NO_PROXY names', () => {
  it('is called directly; so is this machine', async () => {
    const orca = await plainOrca();
    const proxy = await proxyTo({ leadsTo: orca.port });
    const call = caller({
      'platform.http.httpProxy': `http://${proxy.address}`,
      'platform.http.noProxy': ['.corp.example', 'orca.invalid'],
    });

    expect((await call({ url: orca.url })).body).toBe('plain');
    expect(await faultOf(call({ url: 'http://orca.invalid:8083/' }))).toMatchObject({ code: 'unknown-host' });
    expect((await call({ url: 'http://orca.example:8083/' })).body).toBe('plain');
    expect(proxy.requests.map(({ target }) => target)).toEqual(['http://orca.example:8083/']);
  });
});

describe('a proxy that', () => {
  const through = (address: string, more = {}) => caller({ 'platform.http.httpsProxy': address, ...more });

  it('wants credentials says so, and takes them from its address', async () => {
    const orca = await secureOrca();
    const { address } = await proxyTo({ leadsTo: orca.port, credentials: 'echo:p@ss' });

    const fault = await faultOf(through(`http://echo:wrong@${address}`)({ url: 'https://orca.test/' }));
    const answer = await through(`http://echo:p%40ss@${address}`)({ url: 'https://orca.test/' });

    expect(answer.body).toBe('nobody');
    expect(fault).toMatchObject({ code: 'proxy-failed', reach: 'unsent', retryable: true });
    expect(fault).toHaveProperty(
      'message',
      `GET https://orca.test/: the proxy http://${address} refuses to connect with 407 Proxy Authentication Required: ` +
        'put user and password into its address, http://user:password@host:port',
    );
  });

  it('is not there is named', async () => {
    const port = await freePort();

    const fault = await faultOf(through(`http://echo:hush@127.0.0.1:${port}`)({ url: 'https://orca.test/' }));

    expect(fault).toMatchObject({ code: 'proxy-failed', reach: 'unsent' });
    expect(fault).toHaveProperty(
      'message',
      `GET https://orca.test/: the proxy http://127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });

  it('has a certificate of its own that cannot be trusted is named as well', async () => {
    const orca = await plainOrca();
    const proxy = await proxyTo({ leadsTo: orca.port, tls: tlsPair('elsewhere') });
    const call = caller({ 'platform.http.httpProxy': `https://${proxy.address}` });

    expect(await faultOf(call({ url: 'http://orca.test/' }))).toMatchObject({
      code: 'proxy-failed',
      message: expect.stringContaining(
        `the proxy https://${proxy.address} cannot be reached: Hostname/IP does not match`,
      ),
    });
  });

  it('does not answer is given up after the time for a connection', async () => {
    const proxy = await proxyTo({ leadsTo: 1, silent: true });
    const call = through(`http://${proxy.address}`, { 'okHttpClient.connectTimeoutMs': 20 });

    expect(await faultOf(call({ url: 'https://orca.test/' }))).toMatchObject({
      code: 'proxy-failed',
      message: `GET https://orca.test/: the proxy http://${proxy.address} does not connect: no answer in time`,
    });
  });

  it('does not answer ends the call at its deadline, unsent', async () => {
    const proxy = await proxyTo({ leadsTo: 1, silent: true });
    const fault = faultOf(through(`http://${proxy.address}`)({ url: 'https://orca.test/', deadlineMs: 700 }));
    while (proxy.requests.length === 0) await new Promise(setImmediate);

    await clock.advance(700);

    expect(await fault).toMatchObject({ code: 'deadline-exceeded', reach: 'unsent' });
  });
});
