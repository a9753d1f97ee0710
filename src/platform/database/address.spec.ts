import { describe, expect, it } from 'vitest';
import { tlsFile, tlsText } from '../../../test/support/tls-fixtures.js';
import { readAddress } from './address.js';

const KEY = 'sql.connectionPool.jdbcUrl';

describe('the address of a database', () => {
  it.each(['jdbc:postgresql://db:6432/echo', 'postgresql://db:6432/echo', 'postgres://db:6432/echo'])(
    'is read as %s',
    (text) => {
      expect(readAddress(KEY, text, 'me', 'secret')).toEqual({
        host: 'db',
        port: 6432,
        database: 'echo',
        user: 'me',
        password: 'secret',
      });
    },
  );

  it('has the usual port and may carry its user', () => {
    expect(readAddress(KEY, 'postgres://me:se%3Acret@db/echo')).toMatchObject({
      port: 5432,
      user: 'me',
      password: 'se:cret',
    });
  });

  it("understands JDBC's parameters", () => {
    const text =
      'jdbc:postgresql://db/echo?sslmode=require&currentSchema=s&ApplicationName=a&connectTimeout=3&serverTimezone=UTC';
    expect(readAddress(KEY, text)).toMatchObject({
      ssl: { host: 'db', rejectUnauthorized: false },
      schema: 's',
      applicationName: 'a',
      connectTimeoutMs: 3000,
    });
  });

  describe('with TLS', () => {
    const ssl = (parameters: string): unknown => readAddress(KEY, `jdbc:postgresql://db/echo?${parameters}`).ssl;
    const verified = { host: 'db', rejectUnauthorized: true };

    it.each([
      ['', undefined],
      ['ssl=false', undefined],
      ['sslmode=prefer', undefined],
      ['ssl=true', verified],
      ['ssl', verified],
      ['ssl=true&sslmode=require', { host: 'db', rejectUnauthorized: false }],
      ['sslmode=verify-full', verified],
      ['sslmode=verify-ca', { ...verified, checkServerIdentity: expect.any(Function) as () => undefined }],
    ])('checks as much as it is told to: %s', (parameters, expected) => {
      expect(ssl(parameters)).toEqual(expected);
    });

    it.each([
      ['two files', `sslcert=${tlsFile('client.pem')}&sslkey=${tlsFile('client-key.pem')}`],
      [
        'an encrypted key',
        `sslcert=${tlsFile('client.pem')}&sslkey=${tlsFile('client-key-encrypted.pem')}&sslpassword=changeit`,
      ],
      ['one file', `sslkey=${tlsFile('client.p12')}&sslpassword=changeit`],
    ])('reads CAs, and the key with its certificates from %s', (_what, files) => {
      expect(ssl(`sslmode=verify-full&sslrootcert=${tlsFile('ca.pem')}&${files}`)).toMatchObject({
        ca: [tlsText('ca.pem')],
        cert: tlsText('client.pem'),
        key: expect.stringContaining('PRIVATE KEY') as string,
      });
    });

    it.each([
      [
        'sslmode=verify',
        "jdbcUrl: sslmode is 'verify', valid: disable, allow, prefer, require, verify-ca, verify-full.",
      ],
      ['sslmode=verify-full&sslrootcert=/nowhere', "jdbcUrl: sslrootcert '/nowhere' does not exist"],
      [`ssl&sslcert=${tlsFile('client.pem')}&sslkey=${tlsFile('server-key.pem')}`, 'no certificate that belongs to'],
    ])('says what is wrong with %s', (parameters, problem) => {
      expect(() => ssl(parameters)).toThrow(problem);
    });
  });

  it('names a parameter that has no counterpart', () => {
    expect(() => readAddress(KEY, 'jdbc:postgresql://db/echo?socketFactory=x')).toThrow(/jdbcUrl: .*'socketFactory'/);
  });

  it.each(['db/echo', 'jdbc:oracle:thin:@db', 'postgres://db'])('is refused as %s, without its password', (text) => {
    expect(() => readAddress(KEY, text)).toThrow(/write jdbc:postgresql/);
  });
});
