import { type TlsIdentity, identityIn } from './identity.js';
import { readStore } from './store.js';

/** The certificates in a PEM or PKCS12 file, as PEM. Throws StoreError. */
export const certificatesInFile = (file: string): string[] => readStore(file, '').certificates.map(String);

/**
 * A key with its certificates, out of one file or two, PEM or PKCS12.
 * @throws StoreError that names the file
 */
export function identityInFiles(certificate: string, key: string, password: string): TlsIdentity {
  const { keys } = readStore(key, password);
  const { certificates } = readStore(certificate, password);
  return identityIn({ keys, certificates }, key);
}
