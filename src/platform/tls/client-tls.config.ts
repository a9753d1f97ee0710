import { setting } from '../settings/index.js';
import { TLS_VERSIONS, tlsVersions } from './versions.js';

const MINUTES_30 = 30 * 60_000;

/** How Echo makes TLS connections. Names and defaults are the original's (edges.md §1.8). */
export const clientTlsConfig = {
  keyStore: setting.text('okHttpClient.keyStore', {
    description: 'File with the key and certificates that Echo shows to services, PKCS12 or PEM.',
  }),
  keyStorePassword: setting.text('okHttpClient.keyStorePassword', {
    default: 'changeit',
    secret: true,
    description: 'Password of the key store, or of the encrypted key in a PEM file.',
  }),
  trustStore: setting.text('okHttpClient.trustStore', {
    description: 'File with the CA certificates that Echo trusts, and no others, PKCS12 or PEM; else the public CAs.',
  }),
  trustStorePassword: setting.text('okHttpClient.trustStorePassword', {
    default: 'changeit',
    secret: true,
    description: 'Password of the trust store.',
  }),
  tlsVersions: setting.shape('okHttpClient.tlsVersions', TLS_VERSIONS, tlsVersions, {
    default: ['TLSv1.3', 'TLSv1.2'],
    description: 'Versions of TLS for outgoing calls.',
  }),
  cipherSuites: setting.texts('okHttpClient.cipherSuites', {
    default: [],
    description: "Cipher suites for outgoing calls, in Java's or OpenSSL's names; those that Node prefers where empty.",
  }),
  refreshEnabled: setting.flag('okHttpClient.refreshableKeys.enabled', {
    default: false,
    description: 'Reads key store and trust store again while running, for certificates that are renewed in place.',
  }),
  refreshPeriod: setting.millis('okHttpClient.refreshableKeys.refreshPeriod', {
    default: MINUTES_30,
    description: 'Milliseconds from one reading of the stores to the next.',
  }),
};
