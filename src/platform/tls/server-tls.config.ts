import { setting } from '../settings/index.js';
import { TLS_VERSIONS, tlsVersions } from './versions.js';

/** How Echo serves TLS. Names are those of Spring Boot. */
export const serverTlsConfig = {
  enabled: setting.flag('server.ssl.enabled', {
    defaultName: 'true where there is a key store or certificate',
    description: 'Serves HTTPS instead of HTTP.',
  }),
  keyStore: setting.text('server.ssl.keyStore', {
    description: 'File with the key and certificates of the server, PKCS12 or PEM.',
  }),
  keyStorePassword: setting.text('server.ssl.keyStorePassword', {
    default: '',
    secret: true,
    description: 'Password of the key store.',
  }),
  keyAlias: setting.text('server.ssl.keyAlias', {
    description: 'Name of the key where the key store has several; else the first.',
  }),
  certificate: setting.text('server.ssl.certificate', {
    description: 'PEM file with the certificates of the server, in place of a key store.',
  }),
  certificatePrivateKey: setting.text('server.ssl.certificatePrivateKey', {
    description: 'PEM file with the key of the certificate.',
  }),
  keyPassword: setting.text('server.ssl.keyPassword', {
    default: '',
    secret: true,
    description: 'Password of an encrypted key in a PEM file.',
  }),
  trustStore: setting.text('server.ssl.trustStore', {
    description: 'File with the CA certificates whose clients are let in, PKCS12 or PEM.',
  }),
  trustStorePassword: setting.text('server.ssl.trustStorePassword', {
    default: '',
    secret: true,
    description: 'Password of the trust store.',
  }),
  trustCertificate: setting.text('server.ssl.trustCertificate', {
    description: 'PEM file with the CA certificates whose clients are let in, in place of a trust store.',
  }),
  clientAuth: setting.choice('server.ssl.clientAuth', ['none', 'want', 'need'], {
    default: 'none',
    description: 'Whether clients show a certificate: not asked for, taken where there is one, or needed.',
  }),
  protocol: setting.choice('server.ssl.protocol', ['TLS', 'TLSv1.3', 'TLSv1.2'], {
    default: 'TLS',
    description: 'Newest version of TLS that is served; TLS is any.',
  }),
  enabledProtocols: setting.shape('server.ssl.enabledProtocols', TLS_VERSIONS, tlsVersions, {
    default: [],
    description: 'Versions of TLS that are served; goes before the protocol.',
  }),
  ciphers: setting.texts('server.ssl.ciphers', {
    default: [],
    description: "Cipher suites that are served, in Java's or OpenSSL's names; those that Node prefers where empty.",
  }),
};
