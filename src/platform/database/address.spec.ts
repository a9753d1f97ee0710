import { describe, expect, it } from 'vitest';
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
      ssl: { rejectUnauthorized: false },
      schema: 's',
      applicationName: 'a',
      connectTimeoutMs: 3000,
    });
  });

  it('names a parameter that has no counterpart', () => {
    expect(() => readAddress(KEY, 'jdbc:postgresql://db/echo?socketFactory=x')).toThrow(/jdbcUrl: .*'socketFactory'/);
  });

  it.each(['db/echo', 'jdbc:oracle:thin:@db', 'postgres://db'])('is refused as %s, without its password', (text) => {
    expect(() => readAddress(KEY, text)).toThrow(/write jdbc:postgresql/);
  });
});
