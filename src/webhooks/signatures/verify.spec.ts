import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signatureRule } from './signature-rule.js';
import { verify } from './verify.js';

const BODY = Buffer.from([...Buffer.from('{"a": "'), 0xff, ...Buffer.from('"}')]);
const AT = Date.UTC(2024, 0, 15, 12);
const SECONDS = AT / 1000;

const outcome = (rule: object, headers: Readonly<Record<string, string>>, body = BODY): string => {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const verification = verify(signatureRule.parse({ source: 's', secrets: ['old', 'new'], ...rule }), {
    headers: lists,
    body,
    at: AT,
  });
  return verification.kind === 'valid' ? 'valid' : verification.reason;
};

const hmac = (secret: string, algorithm = 'sha256', encoding: 'hex' | 'base64' = 'hex', before = ''): string =>
  createHmac(algorithm, secret).update(before).update(BODY).digest(encoding);

const WRONG = 'a signature by none of the secrets';

describe('a hub signature', () => {
  const hub = { scheme: 'hub' };

  it.each([
    ['SHA-256 of the very bytes', { 'x-hub-signature-256': `sha256=${hmac('old')}` }, 'valid'],
    ['by the new secret', { 'x-hub-signature-256': `sha256=${hmac('new')}` }, 'valid'],
    ['SHA-1, which gate passes on', { 'x-hub-signature': `sha1=${hmac('old', 'sha1')}` }, 'valid'],
    ["Bitbucket's", { 'x-hub-signature': `sha256=${hmac('old')}` }, 'valid'],
    ['by another secret', { 'x-hub-signature-256': `sha256=${hmac('other')}` }, WRONG],
    ['of another length', { 'x-hub-signature-256': 'sha256=1' }, WRONG],
    ['missing', {}, 'no X-Hub-Signature-256 or X-Hub-Signature header'],
  ])('%s', (_what, headers, expected) => {
    expect(outcome(hub, headers)).toBe(expected);
  });
});

describe('a token', () => {
  it.each([
    ["GitLab's", {}, { 'x-gitlab-token': 'new' }, 'valid'],
    ['in a header of its own', { header: 'Authorization' }, { authorization: 'old' }, 'valid'],
    ['that is none', {}, { 'x-gitlab-token': 'newer' }, 'a token that is none of the secrets'],
    ['missing', { header: 'Authorization' }, {}, 'no authorization header'],
  ])('%s', (_what, rule, headers, expected) => {
    expect(outcome({ scheme: 'token', ...rule }, headers)).toBe(expected);
  });
});

describe('an HMAC', () => {
  const timed = { timestampHeader: 'X-Time' };
  const signed = (at: number, secret = 'old'): Record<string, string> => ({
    'x-time': String(at),
    'x-signature': hmac(secret, 'sha256', 'hex', `${at}.`),
  });

  it.each([
    ['as it comes', {}, { 'x-signature': hmac('old').toUpperCase() }, 'valid'],
    [
      "Nexus'",
      { header: 'X-Nexus-Webhook-Signature', algorithm: 'sha1' },
      { 'x-nexus-webhook-signature': hmac('new', 'sha1') },
      'valid',
    ],
    [
      'in base64 behind a prefix',
      { encoding: 'base64', prefix: 'v0=', algorithm: 'sha512' },
      { 'x-signature': `v0=${hmac('old', 'sha512', 'base64')}` },
      'valid',
    ],
    ['by another secret', {}, { 'x-signature': hmac('other') }, WRONG],
    ['missing', {}, {}, 'no x-signature header'],
    ['with its time', timed, signed(SECONDS - 300), 'valid'],
    ['that is too old', timed, signed(SECONDS - 301), 'a message that is too old: 301 s'],
    ['from the future', timed, signed(SECONDS + 301), 'a message from the future: 301 s'],
    ['old, where that is allowed', { ...timed, toleranceMs: '1h' }, signed(SECONDS - 3600), 'valid'],
    ['of another time', timed, { ...signed(SECONDS), 'x-time': String(SECONDS - 1) }, WRONG],
    ['without its time', timed, { 'x-signature': 'x' }, 'no x-time header'],
    [
      'with a time that is none',
      timed,
      { ...signed(SECONDS), 'x-time': '1e9' },
      'a timestamp that is none: seconds since 1970 are expected',
    ],
  ])('%s', (_what, rule, headers, expected) => {
    expect(outcome({ scheme: 'hmac', ...rule }, headers)).toBe(expected);
  });
});

describe('a Standard Webhooks signature', () => {
  const SECRET = `whsec_${Buffer.from('a secret of 24 bytes ....').toString('base64')}`;
  const text = Buffer.from('{"a":"ключ"}');
  const sign = (at = AT, secret = SECRET): string => new Webhook(secret).sign('msg', new Date(at), text.toString());
  const headers = (signature: string, at = AT): Record<string, string> => ({
    'webhook-id': 'msg',
    'webhook-timestamp': String(at / 1000),
    'webhook-signature': signature,
  });
  const judged = (given: Record<string, string>): string =>
    outcome({ scheme: 'standard', secrets: [SECRET] }, given, text);

  it.each([
    ['by the reference implementation', headers(sign()), 'valid'],
    ['among others', headers(`v1a,x v1,eA== ${sign()}`), 'valid'],
    ['that is the eleventh', headers(`${'v1,eA== '.repeat(10)}${sign()}`), WRONG],
    ['of another time', headers(sign(), AT - 1000), WRONG],
    ['that is too old', headers(sign(AT - 301_000), AT - 301_000), 'a message that is too old: 301 s'],
    ['missing', {}, 'no webhook-id, webhook-timestamp and webhook-signature header'],
  ])('%s', (_what, given, expected) => {
    expect(judged(given)).toBe(expected);
  });
});
