import type { X509Certificate } from 'node:crypto';
import type { Store, StoredKey } from './store.js';
import { StoreError } from './tls-fault.js';

/** What one side of a connection shows of itself, as PEM: its key, and its certificates from its own up to the root. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** Follows the issuers from a certificate upwards, as far as the store has them. */
function chainFrom(leaf: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const issuer = all.find((candidate) => candidate !== leaf && leaf.checkIssued(candidate));
  return issuer && !leaf.checkIssued(leaf) ? [leaf, ...chainFrom(issuer, all)] : [leaf];
}

/** Java compares aliases without regard to case; without an alias it takes the first key. */
function chosen(keys: readonly StoredKey[], alias: string | undefined, file: string): StoredKey {
  const wanted = alias?.toLowerCase();
  const found = wanted === undefined ? keys[0] : keys.find((key) => key.alias?.toLowerCase() === wanted);
  if (found) return found;
  if (keys.length === 0) throw new StoreError(`'${file}' has no private key`);
  const names = keys.flatMap((key) => key.alias ?? []);
  throw new StoreError(`'${file}' has no key called '${alias}', valid: ${names.join(', ') || 'none, it has no names'}`);
}

/**
 * The key of a store with its certificates. What belongs together is seen from the keys themselves.
 * @throws StoreError where there is no such key, or no certificate for it
 */
export function identityIn({ keys, certificates }: Store, file: string, alias?: string): TlsIdentity {
  const { key } = chosen(keys, alias, file);
  const leaf = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (!leaf) throw new StoreError(`'${file}' has no certificate that belongs to its private key`);
  return {
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: chainFrom(leaf, certificates).join(''),
  };
}
