import { type SecureContext, rootCertificates } from 'node:tls';
import { clientTlsConfig as config } from './client-tls.config.js';
import type { TlsIdentity } from './identity.js';
import { ciphersOption, secureContext } from './secure-context.js';
import { type SettingReader, identityOf, storeOf, trustOf } from './stores-of-settings.js';
import { rangeOf } from './versions.js';

const KEY_STORE = { file: config.keyStore, password: config.keyStorePassword };
const TRUST_STORE = { file: config.trustStore, password: config.trustStorePassword };

/** What Echo shows of itself. Throws TlsSettingError. */
export function clientIdentity(settings: SettingReader): TlsIdentity | undefined {
  const store = storeOf(settings, KEY_STORE);
  return store && identityOf(settings, store, KEY_STORE);
}

/** The CAs that Echo trusts, as PEM. Throws TlsSettingError. */
export const clientTrust = (settings: SettingReader): string[] | undefined => trustOf(settings, TRUST_STORE);

/**
 * The CAs to trust where a peer may be public or our own: Node's, and those of the trust store. `undefined` without a
 * trust store: what Node trusts then holds, NODE_EXTRA_CA_CERTS included. Throws TlsSettingError.
 */
export function publicAndOwnTrust(settings: SettingReader): string[] | undefined {
  const own = clientTrust(settings);
  return own && [...rootCertificates, ...own];
}

/**
 * What Echo shows and trusts when it calls others, read from the stores as they are now. A trust store is trusted
 * alone, as in the original; without one the CAs are Node's, with those of NODE_EXTRA_CA_CERTS.
 * @throws TlsSettingError for the first setting that cannot be used
 */
export function clientSecureContext(settings: SettingReader): SecureContext {
  const identity = clientIdentity(settings);
  const ca = clientTrust(settings);
  const options = {
    ...identity,
    ...(ca && { ca }),
    ...rangeOf(settings.get(config.tlsVersions)),
    ...ciphersOption(settings.get(config.cipherSuites)),
  };
  const certificates = identity ? config.keyStore.key : config.trustStore.key;
  return secureContext(options, { ciphers: config.cipherSuites.key, certificates });
}
