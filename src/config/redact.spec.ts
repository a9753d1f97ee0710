import { describe, expect, it } from 'vitest';
import { redacted, redactedValue } from './redact.js';

describe('showing a value', () => {
  it.each([
    ['slack.token', 'xoxb', '***'],
    ['slack.app.signing-secret', 'x', '***'],
    ['jira.password', 'x', '***'],
    ['rest.endpoints[0].headers.X-Anything', 'x', '***'],
    ['webhooks.signatures[0].secrets[1]', 'x', '***'],
    ['sql.connectionPool.jdbcUrl', 'postgres://me:pw@db:5432/echo', 'postgres://***@db:5432/echo'],
    ['sql.connectionPool.jdbcUrl', 'postgres://me:p@ss@db/echo', 'postgres://***@db/echo'],
    [
      'sql.connectionPool.jdbcUrl',
      'jdbc:postgresql://db/echo?user=me&password=pw',
      'jdbc:postgresql://db/echo?user=me&password=***',
    ],
    ['chat.url', 'https://chat/x?key=abc&token=def&a=b', 'https://chat/x?key=***&token=***&a=b'],
    ['platform.http.httpsProxy', 'me:pw@proxy:3128', '***@proxy:3128'],
    ['mail.from', 'echo@x.example', 'echo@x.example'],
    ['orca.baseUrl', 'http://orca:8083/a@b', 'http://orca:8083/a@b'],
    ['scheduler.cron.timezone', 'Europe/Amsterdam', 'Europe/Amsterdam'],
  ])('shows %s: %s as %s', (key, text, shown) => {
    expect(redacted(text, key, false)).toBe(shown);
  });

  it('shows nothing of what is declared secret, whatever its name', () => {
    expect(redacted('x', 'mail.from', true)).toBe('***');
  });
});

describe('a structured value', () => {
  it('is shown without the secrets at any depth of it', () => {
    const value = [{ url: 'http://me:hush@a', password: 'hush', headers: { 'X-Any': 'hush' }, retryCount: 3 }];

    expect(redactedValue(value, 'rest.endpoints', false)).toEqual([
      { url: 'http://***@a', password: '***', headers: { 'X-Any': '***' }, retryCount: 3 },
    ]);
    expect(redactedValue(['hush', 1], 'own.setting', true)).toEqual(['***', '***']);
  });
});
