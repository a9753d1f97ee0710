import { type KeyObject, X509Certificate, createPrivateKey } from 'node:crypto';
import { createRequire } from 'node:module';
import type Forge from 'node-forge';
import { messageOf } from '../errors/index.js';
import type { Store } from './store.js';
import { StoreError, StorePasswordError } from './tls-fault.js';

type Bag = Forge.pkcs12.Bag;

/** 10 MB and some 60 ms, which only those with such a file should pay. */
const forge = (): typeof Forge => createRequire(import.meta.url)('node-forge') as typeof Forge;

const bytesOf = (lib: typeof Forge, value: Forge.asn1.Asn1): Buffer =>
  Buffer.from(lib.asn1.toDer(value).getBytes(), 'latin1');

/** forge understands RSA alone: of all else it hands out the ASN.1, which Node understands. */
function certificateOf(lib: typeof Forge, { cert, asn1 }: Bag): X509Certificate {
  return new X509Certificate(bytesOf(lib, cert ? lib.pki.certificateToAsn1(cert) : asn1));
}

function keyOf(lib: typeof Forge, { key, asn1 }: Bag): KeyObject {
  if (key) return createPrivateKey(lib.pki.privateKeyToPem(key));
  return createPrivateKey({ key: bytesOf(lib, asn1), format: 'der', type: 'pkcs8' });
}

const aliasOf = ({ attributes }: Bag): string | undefined =>
  (attributes as { friendlyName?: readonly string[] } | undefined)?.friendlyName?.[0];

function opened(lib: typeof Forge, bytes: Buffer, file: string, password: string): Forge.pkcs12.Pkcs12Pfx {
  try {
    return lib.pkcs12.pkcs12FromAsn1(lib.asn1.fromDer(bytes.toString('latin1')), password);
  } catch (error) {
    const message = messageOf(error);
    if (/password/i.test(message)) throw new StorePasswordError(`does not open '${file}'`, error);
    throw new StoreError(`'${file}' is no PKCS12 file that can be read: ${message}`, error);
  }
}

/**
 * Reads every key and certificate, also those of JDK 8, whose ciphers OpenSSL 3 and with it Node refuse. Certificates
 * count alike whether Java has marked them as trusted or not.
 */
export function readPkcs12(bytes: Buffer, file: string, password: string): Store {
  const lib = forge();
  const { oids } = lib.pki;
  const bags = opened(lib, bytes, file, password).safeContents.flatMap(({ safeBags }) => safeBags);
  const ofType = (...types: (string | undefined)[]): Bag[] => bags.filter(({ type }) => types.includes(type));
  return {
    keys: ofType(oids['keyBag'], oids['pkcs8ShroudedKeyBag']).map((bag) => ({
      alias: aliasOf(bag),
      key: keyOf(lib, bag),
    })),
    certificates: ofType(oids['certBag']).map((bag) => certificateOf(lib, bag)),
  };
}
