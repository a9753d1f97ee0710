import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigWorkspace } from '../../../test/support/config-workspace.js';
import { tlsFile } from '../../../test/support/tls-fixtures.js';
import { catalogue } from '../catalogue.js';

const file = (name: string): string => tlsFile(name);

/** What is written, and the faults that must be listed. */
const BROKEN: readonly (readonly [title: string, lines: readonly string[], faults: readonly string[]])[] = [
  [
    'stores that are not there, both of them',
    ['ok-http-client:', '  key-store: /nowhere/key.p12', '  trust-store: /nowhere/trust.p12'],
    [
      "config/echo.yml:2: okHttpClient.keyStore: '/nowhere/key.p12' does not exist",
      "config/echo.yml:3: okHttpClient.trustStore: '/nowhere/trust.p12' does not exist",
    ],
  ],
  [
    "a store in Java's own format, whatever its type is said to be",
    [`okHttpClient.trustStore: ${file('trust.jks')}`, 'okHttpClient.trustStoreType: PKCS12'],
    [
      `config/echo.yml:1: okHttpClient.trustStore: '${file('trust.jks')}' is a Java key store (JKS), which Echo does not ` +
        `read: convert it with "keytool -importkeystore -srckeystore ${file('trust.jks')} -destkeystore ` +
        `${file('trust.p12')} -deststoretype PKCS12" and name ${file('trust.p12')} instead`,
    ],
  ],
  [
    'a wrong password, at its own place',
    [`okHttpClient.keyStore: ${file('client.p12')}`, 'okHttpClient.keyStorePassword: guess'],
    [`config/echo.yml:2: okHttpClient.keyStorePassword: does not open '${file('client.p12')}'`],
  ],
  [
    'a password that nobody wrote, at the place of the store',
    ['server:', '  ssl:', `    key-store: ${file('server.p12')}`],
    [`config/echo.yml:3: server.ssl.keyStorePassword: does not open '${file('server.p12')}'`],
  ],
  [
    'a trust store where a key store is needed',
    [`okHttpClient.keyStore: ${file('ca.pem')}`],
    [`config/echo.yml:1: okHttpClient.keyStore: '${file('ca.pem')}' has no private key`],
  ],
  [
    'a key where certificates are needed',
    [`okHttpClient.trustStore: ${file('client-key.pem')}`],
    [`config/echo.yml:1: okHttpClient.trustStore: '${file('client-key.pem')}' has no certificate`],
  ],
  [
    'a key and a certificate that do not belong together',
    [`server.ssl.certificate: ${file('server.pem')}`, `server.ssl.certificatePrivateKey: ${file('client-key.pem')}`],
    [
      `config/echo.yml:2: server.ssl.certificatePrivateKey: '${file('client-key.pem')}' has no certificate that belongs ` +
        'to its private key',
    ],
  ],
  [
    'a key that the store does not have',
    [
      `server.ssl.keyStore: ${file('two-keys.p12')}`,
      'server.ssl.keyStorePassword: changeit',
      'server.ssl.keyAlias: sever',
    ],
    [
      `config/echo.yml:1: server.ssl.keyStore: '${file('two-keys.p12')}' has no key called 'sever', ` +
        'valid: server, deploy',
    ],
  ],
  [
    'TLS without a key',
    ['server.ssl.enabled: true'],
    [
      'config/echo.yml:1: server.ssl.enabled: is on, but there is no key to serve with: set server.ssl.keyStore or ' +
        'server.ssl.certificate',
    ],
  ],
  [
    'certificates of clients that nothing can be checked against',
    [
      `server.ssl.certificate: ${file('server.pem')}`,
      `server.ssl.certificatePrivateKey: ${file('server-key.pem')}`,
    ].concat('server.ssl.clientAuth: want'),
    [
      "config/echo.yml:3: server.ssl.clientAuth: is 'want', but no CA is named to check clients with, and those of any " +
        'public one would be let in: set server.ssl.trustStore or server.ssl.trustCertificate',
    ],
  ],
  [
    'versions, ciphers and choices that do not exist',
    [
      'okHttpClient.tlsVersions: [TLSv1.3, TLSv13]',
      'okHttpClient.cipherSuites: [TLS_MAGIC_WITH_DUST]',
      'server.ssl.clientAuth: maybe',
      'server.ssl.enabledProtocols: TLSv1.1',
    ],
    [
      "config/echo.yml:1: okHttpClient.tlsVersions[1]: got 'TLSv13', valid: one of TLSv1.2, TLSv1.3",
      "config/echo.yml:3: server.ssl.clientAuth: got 'maybe', valid: one of none, want, need",
      "config/echo.yml:4: server.ssl.enabledProtocols[0]: got 'TLSv1.1', valid: one of TLSv1.2, TLSv1.3",
      'config/echo.yml:2: okHttpClient.cipherSuites: has no cipher suite that is known, valid: names such as ' +
        'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    ],
  ],
  [
    'proxies that are none',
    ['platform.http.httpsProxy: socks5://proxy:1080', 'platform.http.httpProxy: proxy'],
    [
      "config/echo.yml:2: platform.http.httpProxy: got 'proxy', valid: address of an HTTP proxy such as " +
        'http://proxy:3128, or nothing',
      "config/echo.yml:1: platform.http.httpsProxy: got 'socks5://proxy:1080', valid: address of an HTTP proxy such as " +
        'http://proxy:3128, or nothing',
    ],
  ],
];

describe('a configuration whose TLS cannot work', () => {
  let workspace: ConfigWorkspace;
  beforeEach(() => void (workspace = new ConfigWorkspace()));
  afterEach(() => workspace.remove());

  it.each(BROKEN)('lists %s', (_title, lines, faults) => {
    workspace.write('config/echo.yml', lines.join('\n'));

    const [, ...list] = workspace.faultsOf({}, { settings: catalogue() });

    expect(list).toEqual(faults.map((fault) => `  - ${fault}`));
  });

  it("is none when old versions are named too, as in an operator's files: they are off", () => {
    workspace.write('config/echo.yml', 'okHttpClient.tlsVersions: [TLSv1.1, TLSv1.2]\nserver.ssl.clientAuth: want');

    expect(workspace.load({}, { settings: catalogue() }).warnings).toEqual([]);
  });
});
