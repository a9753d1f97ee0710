import { afterEach, describe, expect, it } from 'vitest';
import { HttpPeer, json } from '../../../test/support/http-peer.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { SystemClock } from '../clock/index.js';
import { Connections } from './connections.js';
import { PublicAddresses, isNetwork } from './public-addresses.js';
import { UndiciTransport } from './undici-transport.js';

describe('an address', () => {
  const addresses = new PublicAddresses(['10.1.0.0/16', '192.168.1.1']);

  it.each([
    '127.0.0.1',
    '10.2.0.1',
    '169.254.169.254',
    '192.168.1.2',
    '172.31.0.1',
    '0.0.0.0',
    '[::1]',
    'fd00::1',
    '::ffff:127.0.0.1',
  ])('%s is internal', (address) => {
    expect(() => addresses.check(address)).toThrow('is an internal address');
  });

  it.each(['93.184.216.34', '10.1.2.3', '192.168.1.1', '[2606:2800:220:1::1]', 'example.com'])(
    '%s is none',
    (address) => {
      expect(() => addresses.check(address)).not.toThrow();
    },
  );

  it.each([
    ['10.0.0.0/8', true],
    ['::1', true],
    ['10.0.0.0/64', false],
    ['host', false],
  ])('or network as a setting: %s is %s', (text, valid) => {
    expect(isNetwork(text)).toBe(valid);
  });
});

describe('a call for users', () => {
  let peer: HttpPeer;
  let transport: UndiciTransport;

  afterEach(async () => {
    await transport.onApplicationShutdown();
    await peer.close();
  });

  async function call(host: string, allowedNetworks: string[]): Promise<number> {
    peer = await HttpPeer.start(() => json({}));
    const settings = new TestSettings({ 'platform.http.allowedNetworks': allowedNetworks });
    transport = new UndiciTransport(settings, new SystemClock(), new Connections(settings));
    return (await transport.send({ method: 'GET', url: `http://${host}:${peer.port}/`, publicOnly: true })).status;
  }

  it.each(['127.0.0.1', 'localhost', '2130706433'])('does not reach %s', async (host) => {
    await expect(call(host, [])).rejects.toMatchObject({ code: 'unsendable-call', retryable: false });
  });

  it.each(['127.0.0.1', 'localhost'])('reaches %s where its network is allowed', async (host) => {
    expect(await call(host, ['127.0.0.0/8', '::1'])).toBe(200);
  });
});
