import { isDeepStrictEqual } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { register } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from '../../../test/support/http-peer.js';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { nestContext } from '../../../test/support/nest-context.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { ClientsModule, FiatClient } from '../index.js';
import { fiatMetrics } from './fiat.metrics.js';

const USER = {
  name: 'svc@x',
  admin: false,
  applications: [
    { name: 'App', authorizations: ['READ', 'EXECUTE'] },
    { name: 'readonly', authorizations: ['READ'] },
  ],
  accounts: [
    { name: 'Prod', authorizations: ['READ', 'WRITE'] },
    { name: 'dev', authorizations: ['WRITE'] },
    { name: 'other', authorizations: ['READ'] },
  ],
};

let clock: ManualClock;
let reply: PeerReply;
let received: ReceivedRequest[];
let peer: HttpPeer;
let contexts: INestApplicationContext[];

/** A client with fiat switched on, and the settings it reads. */
async function fiatWith(values: Record<string, unknown> = {}): Promise<{ fiat: FiatClient; settings: TestSettings }> {
  const settings = new TestSettings({ 'services.fiat.baseUrl': peer.url, 'services.fiat.enabled': true, ...values });
  const context = await nestContext([ClientsModule], { settings, clock });
  contexts.push(context);
  return { fiat: context.get(FiatClient), settings };
}

beforeEach(async () => {
  clock = new ManualClock();
  contexts = [];
  received = [];
  reply = json(USER);
  peer = await HttpPeer.start((request) => {
    received.push(request);
    return reply;
  });
});

afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await peer.close();
});

describe('Whether a user may run an application', () => {
  it('is not asked while fiat is off', async () => {
    const { fiat } = await fiatWith({ 'services.fiat.enabled': false });

    expect(await fiat.canExecute('', 'app')).toBe(true);
    expect([fiat.enabled, received.length]).toEqual([false, 0]);
  });

  it('follows the switch while running', async () => {
    const { fiat, settings } = await fiatWith({ 'services.fiat.enabled': false });

    settings.set('fiat.enabled', true);

    expect(fiat.enabled).toBe(true);
    expect(await fiat.canExecute('svc@x', 'readonly')).toBe(false);
  });

  it.each([
    ['app', true],
    ['APP', true],
    ['readonly', false],
    ['unknown', false],
  ])('depends on EXECUTE, the name compared ignoring case: %s %s', async (application, allowed) => {
    const { fiat } = await fiatWith();

    expect(await fiat.canExecute('svc@x', application)).toBe(allowed);
    expect(received).toMatchObject([{ method: 'GET', url: '/authorize/svc%40x' }]);
  });

  it('is so for an admin', async () => {
    reply = json({ name: 'root', admin: true, accounts: null });

    expect(await (await fiatWith()).fiat.canExecute('root', 'anything')).toBe(true);
  });

  it('is so for an application that fiat does not know, where that is allowed', async () => {
    reply = json({ ...USER, allowAccessToUnknownApplications: true });
    const { fiat } = await fiatWith();

    expect(await fiat.canExecute('svc@x', 'unknown')).toBe(true);
    expect(await fiat.canExecute('svc@x', 'readonly')).toBe(false);
  });

  it('is not so for the empty user, who is not asked for', async () => {
    expect(await (await fiatWith()).fiat.canExecute('', 'app')).toBe(false);
    expect(received).toEqual([]);
  });

  it('is not so when fiat answers what cannot be read', async () => {
    reply = json({ admin: 'yes' });

    expect(await (await fiatWith()).fiat.canExecute('svc@x', 'app')).toBe(false);
    expect(received).toHaveLength(1);
  });

  it('is not so when fiat does not know the user', async () => {
    reply = json({}, 404);

    expect(await (await fiatWith()).fiat.canExecute('nobody', 'app')).toBe(false);
    expect(received).toHaveLength(1);
  });
});

describe('What fiat said', () => {
  it('holds for twenty seconds', async () => {
    const { fiat } = await fiatWith();
    await fiat.canExecute('svc@x', 'app');

    await clock.advance(19_999);
    await fiat.canExecute('svc@x', 'other');
    expect(received).toHaveLength(1);

    await clock.advance(1);
    await fiat.canExecute('svc@x', 'app');
    expect(received).toHaveLength(2);
  });

  it('is asked for once by all who ask at the same time', async () => {
    const { fiat } = await fiatWith();

    const answers = await Promise.all([1, 2, 3].map(() => fiat.canExecute('svc@x', 'app')));

    expect(answers).toEqual([true, true, true]);
    expect(received).toHaveLength(1);
  });

  it('is forgotten first of the user who was learnt first, when there are too many', async () => {
    const { fiat } = await fiatWith({ 'services.fiat.cache.maxEntries': 2 });
    for (const user of ['a', 'b', 'c', 'b', 'c', 'a']) await fiat.canExecute(user, 'app');

    expect(received.map(({ url }) => url)).toEqual(['a', 'b', 'c', 'a'].map((user) => `/authorize/${user}`));
  });
});

describe('When fiat cannot be asked', () => {
  const PAUSES = [500, 750, 1125, 1687, 2530, 3795];

  /** Lets every pause between two tries pass, and sees to it that none is shorter. */
  async function passAllPauses(): Promise<void> {
    for (const [tries, pause] of PAUSES.entries()) {
      await clock.untilWaiting(pause);
      expect([received.length, clock.nextIn]).toEqual([tries + 1, pause]);
      await clock.advance(pause);
    }
  }

  it('is tried again after growing pauses of ten seconds in all, then denied, and asked anew the next time', async () => {
    reply = json({}, 503);
    const { fiat } = await fiatWith();
    const allowed = fiat.canExecute('svc@x', 'app');

    await passAllPauses();

    expect(await allowed).toBe(false);
    expect(received).toHaveLength(7);
    reply = json(USER);
    expect(await fiat.canExecute('svc@x', 'app')).toBe(true);
  });

  it('allows every application with the legacy fallback, for as long as an answer holds', async () => {
    reply = json({}, 503);
    const { fiat } = await fiatWith({ 'services.fiat.legacyFallback': true });
    const allowed = fiat.canExecute('svc@x', 'anything');

    await passAllPauses();

    expect(await allowed).toBe(true);
    expect(await fiat.canExecute('svc@x', 'more')).toBe(true);
    expect(received).toHaveLength(7);
  });

  it('gives up each call after its own time', async () => {
    reply = json(USER);
    const { fiat } = await fiatWith({ 'services.fiat.readTimeoutMs': 250 });
    const allowed = fiat.canExecute('svc@x', 'app');

    await clock.untilWaiting(250);
    expect(clock.nextIn).toBe(250);

    expect(await allowed).toBe(true);
  });
});

describe('The accounts that go along with a call', () => {
  it('are those with WRITE, lower-cased and sorted, with the legacy fallback', async () => {
    const { fiat } = await fiatWith({ 'services.fiat.legacyFallback': true });

    expect(await fiat.writableAccounts('svc@x')).toEqual(['dev', 'prod']);
  });

  it('are none without the legacy fallback, which is not even asked for', async () => {
    const { fiat, settings } = await fiatWith();
    expect(await fiat.writableAccounts('svc@x')).toEqual([]);
    expect(received).toEqual([]);

    settings.set('fiat.legacyFallback.enabled', true);
    expect(await fiat.writableAccounts('svc@x')).toEqual(['dev', 'prod']);
  });

  it('are none while fiat is off', async () => {
    const { fiat } = await fiatWith({ 'services.fiat.enabled': false, 'services.fiat.legacyFallback': true });

    expect(await fiat.writableAccounts('svc@x')).toEqual([]);
    expect(received).toEqual([]);
  });

  it('are none when they cannot be learnt', async () => {
    reply = json({}, 404);
    const { fiat } = await fiatWith({ 'services.fiat.legacyFallback': true });

    expect(await fiat.writableAccounts('svc@x')).toEqual([]);
  });
});

describe('What is counted', () => {
  const countedAs = async (labels: object): Promise<unknown> => {
    const { values } = (await register.getSingleMetric(fiatMetrics.getPermission.name)?.get()) ?? { values: [] };
    return values.find((value) => isDeepStrictEqual({ ...value.labels }, labels))?.value;
  };

  beforeEach(() => register.clear());

  it('is each look-up, with whether it was in the cache', async () => {
    const { fiat } = await fiatWith();
    for (const application of ['app', 'app', 'other']) await fiat.canExecute('svc@x', application);

    expect(await countedAs({ cached: 'false', success: 'true' })).toBe(1);
    expect(await countedAs({ cached: 'true', success: 'true' })).toBe(2);
  });

  it('is each failure, with whether everything is allowed meanwhile', async () => {
    reply = json({}, 404);
    await (await fiatWith()).fiat.canExecute('svc@x', 'app');
    await (await fiatWith({ 'services.fiat.legacyFallback': true })).fiat.canExecute('svc@x', 'app');

    expect(await countedAs({ cached: 'false', success: 'false', legacyFallback: 'false' })).toBe(1);
    expect(await countedAs({ cached: 'false', success: 'false', legacyFallback: 'true' })).toBe(1);
  });

  it('shows whether fiat is switched on', async () => {
    const { settings } = await fiatWith();
    expect(await register.metrics()).toContain('\nfiat_enabled 1\n');

    settings.set('fiat.enabled', false);
    expect(await register.metrics()).toContain('\nfiat_enabled 0\n');
  });
});
