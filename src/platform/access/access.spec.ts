import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { EchoError } from '../errors/index.js';
import { Access } from './access.js';
import type { Caller } from './caller.js';
import type { Demand, Scope } from './scope.js';

const hashOf = (token: string): string => `sha256:${createHash('sha256').update(token).digest('hex')}`;

const TOKENS = [
  { name: 'dashboard', hash: hashOf('look'), scopes: ['read'] },
  { name: 'ann', hash: hashOf('repeat').toUpperCase().replace('SHA256', 'sha256'), scopes: ['operate'] },
  { name: 'root', hash: hashOf('change'), scopes: ['admin'] },
  { name: 'sender', hash: hashOf('send'), scopes: [] },
];

let settings: TestSettings;
let clock: ManualClock;
let access: Access;

beforeEach(() => {
  settings = new TestSettings({ 'security.tokens': TOKENS });
  clock = new ManualClock(0);
  access = new Access(settings, clock);
});

const from = (ip: string, headers: Caller['headers'] = {}, socket: unknown = {}): Caller => ({ ip, headers, socket });
const stranger = (token?: string): Caller =>
  from('203.0.113.7', token === undefined ? {} : { authorization: `Bearer ${token}` });

/** The name of whoever is let in, or the status of the refusal. */
function asked(caller: Caller, demand: Demand): string | number | undefined {
  try {
    return access.admit(caller, demand);
  } catch (error) {
    if (error instanceof EchoError) return error.status;
    throw error;
  }
}

const scope = (wanted: Scope): Demand => ({ kind: 'scope', scope: wanted });
const OPEN: Demand = { kind: 'open' };
const METRICS: Demand = { kind: 'metrics' };
const INGRESS: Demand = { kind: 'ingress' };

describe('an endpoint that the original lacks', () => {
  it.each<[string | undefined, Scope, string | number]>([
    ['look', 'read', 'dashboard'],
    ['look', 'operate', 403],
    ['look', 'admin', 403],
    ['repeat', 'read', 'ann'],
    ['repeat', 'operate', 'ann'],
    ['repeat', 'admin', 403],
    ['change', 'read', 'root'],
    ['change', 'operate', 'root'],
    ['change', 'admin', 'root'],
    ['send', 'read', 403],
    ['guess', 'read', 401],
    ['', 'read', 401],
    [undefined, 'read', 401],
  ])('with the token %j and the scope %s: %s', (token, wanted, outcome) => {
    expect(asked(stranger(token), scope(wanted))).toBe(outcome);
  });

  it.each(['Basic bG9vaw==', 'look', 'Bearer', 'Bearer look look'])(
    'takes no other authorization: %s',
    (authorization) => {
      expect(asked(from('203.0.113.7', { authorization }), scope('read'))).toBe(401);
    },
  );

  it('is not opened by a token that was taken away', () => {
    settings.set('security.tokens', TOKENS.slice(1));

    expect(asked(stranger('look'), scope('read'))).toBe(401);
  });
});

describe('a caller on the same machine', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('may do everything: %s', (ip) => {
    expect(asked(from(ip, { host: 'localhost:8089' }), scope('admin'))).toBe('loopback');
  });

  it.each(['10.127.0.1', '192.168.0.1', '8.8.8.8', '::', 'fe80::1', '::ffff:10.0.0.1', '2001:db8::127.0.0.1', ''])(
    'is not at %j',
    (ip) => {
      expect(asked(from(ip), scope('read'))).toBe(401);
    },
  );

  it.each([
    ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
    ['a proxy of the newer kind', { forwarded: 'for=203.0.113.7' }],
    ['a page of another site', { host: 'localhost:8089', origin: 'https://example.com' }],
    ['a page of a sandboxed frame', { host: 'localhost:8089', origin: 'null' }],
    ['a name that somebody made lead here', { host: 'example.com' }],
  ])('is not %s', (_what, headers) => {
    expect(asked(from('127.0.0.1', headers), scope('read'))).toBe(401);
  });

  it.each([{ host: '127.0.0.1:8089', origin: 'http://127.0.0.1:8089' }, { host: '[::1]:8089' }, { host: 'LOCALHOST' }])(
    'is one with %j',
    (headers) => {
      expect(asked(from('127.0.0.1', headers), scope('read'))).toBe('loopback');
    },
  );

  it('is not let in with a token that is wrong, nor with one that may not', () => {
    expect(asked(from('127.0.0.1', { authorization: 'Bearer guess' }), scope('read'))).toBe(401);
    expect(asked(from('127.0.0.1', { authorization: 'Bearer look' }), scope('admin'))).toBe(403);
  });

  it('needs a token as well where the operator says so', () => {
    settings.set('security.trustLoopback', false);

    expect(asked(from('127.0.0.1'), scope('read'))).toBe(401);
    expect(asked(from('127.0.0.1', { authorization: 'Bearer look' }), scope('read'))).toBe('dashboard');
  });
});

describe('an address that shows wrong tokens', () => {
  const guess = (ip = '203.0.113.7') => asked(from(ip, { authorization: 'Bearer guess' }), scope('read'));

  it('has to wait after twenty within a minute, even with a right one', async () => {
    for (let i = 0; i < 20; i++) expect(guess()).toBe(401);
    await clock.advance(30_000);

    expect(guess()).toBe(429);
    expect(asked(stranger('look'), scope('read'))).toBe(429);
    expect(() => access.admit(stranger('look'), scope('read'))).toThrow(
      expect.objectContaining({ retryAfterSeconds: 30 }),
    );
    expect(guess('203.0.113.8')).toBe(401);

    await clock.advance(30_000);
    expect(asked(stranger('look'), scope('read'))).toBe('dashboard');
  });

  it('may try again and again if it takes its time', async () => {
    for (let minute = 0; minute < 3; minute++) {
      for (let i = 0; i < 19; i++) expect(guess()).toBe(401);
      await clock.advance(60_000);
    }
  });
});

describe('an endpoint of the original', () => {
  it('is open, whoever calls and whatever the caller shows', () => {
    for (const token of [undefined, 'look', 'guess']) expect(asked(stranger(token), INGRESS)).toBeUndefined();
  });

  it('lets everybody with any token in where one is required', () => {
    settings.set('security.ingress.require', ['token']);

    expect(asked(stranger('send'), INGRESS)).toBe('sender');
    expect(asked(stranger('guess'), INGRESS)).toBe(401);
    expect(asked(stranger(), INGRESS)).toBe(401);
    expect(asked(from('127.0.0.1'), INGRESS)).toBe('loopback');
  });

  it.each([
    ['10.1.2.3', true],
    ['::ffff:10.1.2.3', true],
    ['11.1.2.3', false],
    ['192.0.2.9', true],
    ['192.0.2.8', false],
    ['2001:db8::1', true],
    ['2001:db9::1', false],
  ])('lets the configured networks in where these are required: %s', (ip, isIn) => {
    settings.set('security.ingress.require', ['network']);
    settings.set('security.ingress.networks', ['10.0.0.0/8', '192.0.2.9', '2001:db8::/32']);

    expect(asked(from(ip), INGRESS)).toBe(isIn ? undefined : 401);
  });

  it('lets in who shows any of what is required', () => {
    settings.set('security.ingress.require', ['token', 'network']);
    settings.set('security.ingress.networks', ['10.0.0.0/8']);

    expect(asked(from('10.0.0.1'), INGRESS)).toBeUndefined();
    expect(asked(stranger('send'), INGRESS)).toBe('sender');
    expect(asked(stranger(), INGRESS)).toBe(401);
  });
});

describe('metrics', () => {
  it('are open until a token is asked for: any will do', () => {
    expect(asked(stranger(), METRICS)).toBeUndefined();

    settings.set('security.metrics', 'token');
    expect(asked(stranger(), METRICS)).toBe(401);
    expect(asked(stranger('send'), METRICS)).toBe('sender');
  });
});

describe('an open endpoint', () => {
  it('is open even where all others are closed', () => {
    settings.set('security.ingress.require', ['token']);

    expect(asked(stranger('guess'), OPEN)).toBeUndefined();
  });
});
