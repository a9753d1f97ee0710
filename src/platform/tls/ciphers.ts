import { getCiphers } from 'node:tls';

/** What OpenSSL calls otherwise than the registry of TLS; all other parts only lose their underscores. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^(?:TLS|SSL)_(?:RSA_WITH_)?/, ''],
  [/_WITH_/, '-'],
  [/AES_(\d+)(?:_CBC)?/, 'AES$1'],
  [/3DES_EDE_CBC/, 'DES-CBC3'],
  [/CHACHA20_POLY1305_SHA256/, 'CHACHA20-POLY1305'],
];

/**
 * The name under which OpenSSL knows a cipher suite that is written as Java writes it:
 * `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` is `ECDHE-RSA-AES128-GCM-SHA256`. The suites of TLS 1.3 (`TLS_AES_128_…`,
 * without `WITH`) have one name; so has whatever is in OpenSSL's words already.
 */
export function openSslName(suite: string): string {
  if (!suite.includes('_WITH_')) return suite;
  return PARTS.reduce((name, [pattern, replacement]) => name.replace(pattern, replacement), suite).replaceAll('_', '-');
}

/**
 * A list of suites in OpenSSL's words. OpenSSL passes over names that it does not know, as Java does, but not over those
 * that look like TLS 1.3's: Java's lists have some, such as `TLS_EMPTY_RENEGOTIATION_INFO_SCSV`.
 */
export function openSslList(suites: readonly string[]): string {
  const known = new Set(getCiphers());
  const names = suites.map(openSslName);
  const usable = names.filter((name) => !name.startsWith('TLS_') || known.has(name.toLowerCase()));
  return (usable.length > 0 ? usable : names).join(':');
}
