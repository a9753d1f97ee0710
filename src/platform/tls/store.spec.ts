import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tlsFile, tlsText } from '../../../test/support/tls-fixtures.js';
import { identityIn } from './identity.js';
import { readStore } from './store.js';

const PASSWORD = 'changeit';

const subjectsIn = (pem: string): string[] =>
  pem
    .split(/(?=-----BEGIN)/)
    .flatMap((block) => (block.includes('CERTIFICATE') ? new X509Certificate(block).subject : []));

describe('a key store', () => {
  it.each([
    ['PKCS12 with AES, as OpenSSL 3 writes it', 'client.p12'],
    ['PKCS12 with RC2 and triple DES, as JDK 8 wrote it', 'client-legacy.p12'],
    ['PEM with everything in one file', 'client-store.pem'],
  ])('is read from %s: the key, and its certificates from its own upwards, to the byte', (_format, name) => {
    const { key, cert } = identityIn(readStore(tlsFile(name), PASSWORD), name);

    expect(key).toBe(tlsText('client-key.pem'));
    expect(subjectsIn(cert)).toEqual(['CN=deploy', 'CN=Test issuing CA']);
    expect(cert).toBe(tlsText('client.pem'));
  });

  it('may have a key on an elliptic curve', () => {
    const { key, cert } = identityIn(readStore(tlsFile('server.p12'), PASSWORD), 'server.p12');

    expect([key, cert]).toEqual([tlsText('server-key.pem'), tlsText('server.pem')]);
  });

  it.each([
    [undefined, 'CN=orca.test'],
    ['server', 'CN=orca.test'],
    ['DEPLOY', 'CN=deploy'],
  ])('with several keys gives the one called %s', (alias, subject) => {
    const { cert } = identityIn(readStore(tlsFile('two-keys.p12'), PASSWORD), 'two-keys.p12', alias);

    expect(subjectsIn(cert)[0]).toBe(subject);
  });

  it('says which names there are when there is none such', () => {
    const store = readStore(tlsFile('two-keys.p12'), PASSWORD);

    expect(() => identityIn(store, 'keys.p12', 'sever')).toThrow(
      "'keys.p12' has no key called 'sever', valid: server, deploy",
    );
  });

  it.each([
    ['trust.p12', "'trust.p12' has no private key"],
    ['client-key.pem', "'client-key.pem' has no certificate that belongs to its private key"],
  ])('needs a key and a certificate: %s', (name, message) => {
    expect(() => identityIn(readStore(tlsFile(name), PASSWORD), name)).toThrow(message);
  });
});

describe('a trust store', () => {
  it.each(['trust.p12', 'ca.pem'])('is read from %s', (name) => {
    const { certificates, keys } = readStore(tlsFile(name), PASSWORD);

    expect(certificates.map(String)).toEqual([tlsText('ca.pem')]);
    expect(keys).toEqual([]);
  });
});

describe('a store that cannot be read', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'echo-store-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = (text: string | Buffer): string => {
    const file = path.join(folder, 'store');
    writeFileSync(file, text);
    return file;
  };

  it('is converted first when only Java reads it', () => {
    const file = tlsFile('trust.jks');
    const converted = tlsFile('trust.p12');

    expect(() => readStore(file, PASSWORD)).toThrow(
      `'${file}' is a Java key store (JKS), which Echo does not read: convert it with "keytool -importkeystore ` +
        `-srckeystore ${file} -destkeystore ${converted} -deststoretype PKCS12" and name ${converted} instead`,
    );
  });

  it.each(['client.p12', 'client-legacy.p12', 'trust.p12'])('has another password: %s', (name) => {
    expect(() => readStore(tlsFile(name), 'guess')).toThrow(`does not open '${tlsFile(name)}'`);
  });

  it('has an encrypted key with another password', () => {
    const file = tlsFile('client-key-encrypted.pem');

    expect(readStore(file, PASSWORD).keys).toHaveLength(1);
    expect(() => readStore(file, 'guess')).toThrow(`does not open the key in '${file}'`);
  });

  it('is not there, or inside a JAR', () => {
    expect(() => readStore('/nowhere/x.p12', PASSWORD)).toThrow("'/nowhere/x.p12' does not exist");
    expect(() => readStore('classpath:x.p12', PASSWORD)).toThrow("'classpath:x.p12' is inside a JAR: name a file");
  });

  it('is something else, or damaged', () => {
    const half = tlsText('ca.pem').replace(/MII/, 'AAA');

    expect(() => readStore(written('hello'), PASSWORD)).toThrow(/^'.*store' is neither PEM nor PKCS12$/);
    expect(() => readStore(written(Buffer.from('30820102', 'hex')), PASSWORD)).toThrow(/is no PKCS12 file/);
    expect(() => readStore(written(half), PASSWORD)).toThrow(/has a certificate that cannot be read/);
  });
});

it("takes a location in Spring's notation", () => {
  const file = tlsFile('ca.pem');

  for (const location of [`file:${file}`, `file://${file}`]) {
    expect(readStore(location, PASSWORD).certificates).toHaveLength(1);
  }
});
