import { describe, expect, it } from 'vitest';
import { splitHeaders } from './request-headers.js';

const SECRETS = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-hub-signature',
  'x-hub-signature-256',
  'x-gitlab-token',
  'x-slack-signature',
  'webhook-signature',
];

describe('the headers of a webhook', () => {
  it('are lists of values, sorted by name', () => {
    const { shown } = splitHeaders({ 'x-b': 'b', host: 'h', 'set-cookie': ['1', '2'], 'x-a': undefined }, []);

    expect(shown).toEqual({ host: ['h'], 'set-cookie': ['1', '2'], 'x-b': ['b'] });
    expect(Object.keys(shown)).toEqual(['host', 'set-cookie', 'x-b']);
  });

  it.each(SECRETS)('are kept apart when they carry a secret: %s', (name) => {
    expect(splitHeaders({ [name]: 'geheim', host: 'h' }, [])).toEqual({
      shown: { host: ['h'] },
      secret: { [name]: ['geheim'] },
    });
  });

  it('are kept apart when a rule says that they carry a secret', () => {
    expect(splitHeaders({ 'x-token': 't', host: 'h' }, [], ['x-token'])).toEqual({
      shown: { host: ['h'] },
      secret: { 'x-token': ['t'] },
    });
  });

  it('cannot say that the sender was verified', () => {
    expect(splitHeaders({ 'x-echo-verified': 'true' }, ['x-echo-verified'])).toEqual({ shown: {}, secret: {} });
  });

  it('are shown all the same where the operator says so, in any case', () => {
    expect(splitHeaders({ authorization: 'a', cookie: 'c' }, ['Authorization'])).toEqual({
      shown: { authorization: ['a'] },
      secret: { cookie: ['c'] },
    });
  });
});
