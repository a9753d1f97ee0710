import type { TlsOptions } from 'node:tls';
import type { TlsIdentity } from './identity.js';
import { ciphersOption, secureContext } from './secure-context.js';
import { serverTlsConfig as config } from './server-tls.config.js';
import { type SettingReader, identityOf, storeOf, textOf, trustOf } from './stores-of-settings.js';
import { TlsSettingError } from './tls-fault.js';
import { rangeOf } from './versions.js';

const KEY_STORE = { file: config.keyStore, password: config.keyStorePassword };
const TRUST_STORE = { file: config.trustStore, password: config.trustStorePassword };
const CERTIFICATE = { file: config.certificate, password: config.keyPassword };
const PRIVATE_KEY = { file: config.certificatePrivateKey, password: config.keyPassword };
const TRUST_CERTIFICATE = { file: config.trustCertificate, password: config.keyPassword };

const isOn = (settings: SettingReader): boolean =>
  settings.get(config.enabled) ??
  (textOf(settings, config.keyStore) ?? textOf(settings, config.certificate)) !== undefined;

/** The server's key: in a key store, or in PEM files, the key beside its certificates or with them. */
function serverIdentity(settings: SettingReader): TlsIdentity {
  const keyStore = storeOf(settings, KEY_STORE);
  if (keyStore) return identityOf(settings, keyStore, KEY_STORE, textOf(settings, config.keyAlias));
  const certificate = storeOf(settings, CERTIFICATE);
  if (!certificate) {
    const problem = `is on, but there is no key to serve with: set ${config.keyStore.key} or ${config.certificate.key}`;
    throw new TlsSettingError(config.enabled.key, problem);
  }
  const privateKey = storeOf(settings, PRIVATE_KEY);
  if (!privateKey) return identityOf(settings, certificate, CERTIFICATE);
  return identityOf(settings, { ...certificate, keys: privateKey.keys }, PRIVATE_KEY);
}

/** Whoever `want`s a certificate takes callers without one too; what is not signed by the trusted CAs is no proof. */
export function clientAuthOptions(
  settings: SettingReader,
): Pick<TlsOptions, 'ca' | 'requestCert' | 'rejectUnauthorized'> {
  const clientAuth = settings.get(config.clientAuth);
  if (clientAuth === 'none' || !isOn(settings)) return {};
  const ca = trustOf(settings, TRUST_STORE) ?? trustOf(settings, TRUST_CERTIFICATE);
  if (ca) return { ca, requestCert: true, rejectUnauthorized: clientAuth === 'need' };
  const problem =
    `is '${clientAuth}', but no CA is named to check clients with, and those of any public one would be let in: ` +
    `set ${config.trustStore.key} or ${config.trustCertificate.key}`;
  throw new TlsSettingError(config.clientAuth.key, problem);
}

/**
 * How the server speaks TLS, with the stores as they are now; `undefined` where it serves plain HTTP.
 * @throws TlsSettingError for the first setting that cannot be used
 */
export function serverTlsOptions(settings: SettingReader): TlsOptions | undefined {
  if (!isOn(settings)) return undefined;
  const protocol = settings.get(config.protocol);
  const versions = settings.get(config.enabledProtocols);
  const newest = protocol === 'TLS' ? {} : { maxVersion: protocol };
  const options = {
    ...serverIdentity(settings),
    ...clientAuthOptions(settings),
    ...(versions.length > 0 ? rangeOf(versions) : newest),
    ...ciphersOption(settings.get(config.ciphers)),
  };
  const certificates = textOf(settings, config.keyStore) ? config.keyStore.key : config.certificate.key;
  secureContext(options, { ciphers: config.ciphers.key, certificates });
  return options;
}
