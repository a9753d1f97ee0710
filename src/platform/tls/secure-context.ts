import { type SecureContext, type SecureContextOptions, createSecureContext } from 'node:tls';
import { codeOf, messageOf } from '../errors/index.js';
import { openSslList } from './ciphers.js';
import { TlsSettingError } from './tls-fault.js';

/** The option `ciphers` for a list of suites; none for an empty list. */
export function ciphersOption(suites: readonly string[]): Pick<SecureContextOptions, 'ciphers'> {
  return suites.length === 0 ? {} : { ciphers: openSslList(suites) };
}

/** Which settings are at fault when OpenSSL refuses what they say. */
export interface Blame {
  readonly ciphers: string;
  readonly certificates: string;
}

/** A context of these options. Throws TlsSettingError where OpenSSL refuses them, for a weak key for example. */
export function secureContext(options: SecureContextOptions, blame: Blame): SecureContext {
  try {
    return createSecureContext(options);
  } catch (error) {
    if (codeOf(error) === 'ERR_SSL_NO_CIPHER_MATCH') {
      const problem = 'has no cipher suite that is known, valid: names such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
      throw new TlsSettingError(blame.ciphers, problem, blame.ciphers, error);
    }
    const problem = `OpenSSL refuses it: ${messageOf(error)}`;
    throw new TlsSettingError(blame.certificates, problem, blame.certificates, error);
  }
}
