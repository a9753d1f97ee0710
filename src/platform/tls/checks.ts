import { clientIdentity, clientSecureContext, clientTrust } from './client-tls.js';
import { clientAuthOptions, serverTlsOptions } from './server-tls.js';
import type { SettingReader } from './stores-of-settings.js';
import { TlsSettingError } from './tls-fault.js';

/** The parts first, so that a fault of one does not hide those of the others. */
const PARTS: readonly ((settings: SettingReader) => unknown)[] = [
  clientIdentity,
  clientTrust,
  clientSecureContext,
  clientAuthOptions,
  serverTlsOptions,
];

/** Makes all that TLS needs of the settings, and tells what cannot be made; the same fault may come twice. */
export function tlsFaults(settings: SettingReader): TlsSettingError[] {
  return PARTS.flatMap((make) => {
    try {
      make(settings);
      return [];
    } catch (error) {
      if (error instanceof TlsSettingError) return [error];
      throw error;
    }
  });
}
