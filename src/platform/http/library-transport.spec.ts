import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../test/support/free-port.js';
import { ProxyPeer } from '../../../test/support/proxy-peer.js';
import { startRawPeer } from '../../../test/support/raw-peer.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { tlsFile, tlsPair, tlsText } from '../../../test/support/tls-fixtures.js';
import { type TlsPeer, startTlsPeer } from '../../../test/support/tls-peer.js';
import { Connections } from './connections.js';
import { LibraryTransport } from './library-transport.js';

const STORES = { 'okHttpClient.trustStore': tlsFile('ca.pem'), 'okHttpClient.keyStore': tlsFile('client-store.pem') };

let peer: TlsPeer;
let proxy: ProxyPeer;
const closing: (() => unknown)[] = [];

beforeEach(async () => {
  const wanting = { ca: tlsText('ca.pem'), requestCert: true, rejectUnauthorized: true };
  peer = await startTlsPeer({ ...tlsPair('server'), ...wanting });
  proxy = await ProxyPeer.start({ leadsTo: peer.port, credentials: 'echo:p@ss' });
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await proxy.close();
  await peer.close();
});

function transportWith(values: Record<string, unknown>): LibraryTransport {
  const settings = new TestSettings(values);
  const transport = new LibraryTransport(settings, new Connections(settings));
  closing.push(() => transport.onApplicationShutdown());
  return transport;
}

const byFetch =
  (transport: LibraryTransport) =>
  async (url: string): Promise<string> =>
    (await transport.fetch(url)).text();

/** As libraries use an agent: with Node's own client. */
function byAgent(transport: LibraryTransport): (url: string) => Promise<string> {
  const agent = transport.httpsAgent();
  closing.push(() => agent.destroy());
  return async (url) =>
    text(await new Promise<IncomingMessage>((resolve, reject) => get(url, { agent }, resolve).on('error', reject)));
}

const throughProxy = (): Record<string, unknown> => ({
  ...STORES,
  'platform.http.httpsProxy': `http://echo:p%40ss@${proxy.address}`,
});

describe.each([
  ['the agent', byAgent],
  ['fetch', byFetch],
])('with %s a library', (_name, clientOf) => {
  it("trusts Echo's CAs and shows its certificate", async () => {
    expect(await clientOf(transportWith(STORES))(`https://localhost:${peer.port}/`)).toBe('deploy');
  });

  it.each([
    ['no trust', { ...STORES, 'okHttpClient.trustStore': tlsFile('other-ca.pem') }],
    ['no certificate', { 'okHttpClient.trustStore': tlsFile('ca.pem') }],
  ])('reaches nobody with %s', async (_what, stores) => {
    await expect(clientOf(transportWith(stores))(`https://localhost:${peer.port}/`)).rejects.toThrow();
  });

  it('goes through the tunnel of a proxy to a name that only the proxy knows', async () => {
    const ask = clientOf(transportWith(throughProxy()));

    expect(await ask('https://orca.test/')).toBe('deploy');
    expect(proxy.requests).toEqual([
      { method: 'CONNECT', target: 'orca.test:443', authorization: `Basic ${btoa('echo:p@ss')}` },
    ]);
    expect(peer.connections).toEqual(['orca.test']);
  });

  it('goes directly to a host that NO_PROXY names', async () => {
    const ask = clientOf(transportWith({ ...throughProxy(), 'platform.http.noProxy': ['orca.test'] }));

    await expect(ask('https://orca.test/')).rejects.toThrow();
    expect(proxy.requests).toEqual([]);
  });

  it('hears of a proxy that is not there', async () => {
    const address = `http://127.0.0.1:${await freePort()}`;

    await expect(
      clientOf(transportWith({ ...STORES, 'platform.http.httpsProxy': address }))('https://orca.test/'),
    ).rejects.toThrow();
  });
});

describe('fetch', () => {
  it('gives up an answer that takes longer than any call may', async () => {
    const silent = await startRawPeer(() => undefined);
    closing.push(() => silent.close());

    await expect(byFetch(transportWith({ 'okHttpClient.readTimeoutMs': 20 }))(silent.url)).rejects.toThrow(/timeout/);
  });

  it('can be given up by whoever called', async () => {
    const silent = await startRawPeer(() => undefined);
    closing.push(() => silent.close());

    const call = transportWith({}).fetch(silent.url, { signal: AbortSignal.abort(new Error('not wanted')) });

    await expect(call).rejects.toThrow('not wanted');
  });
});
