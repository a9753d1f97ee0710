import type { KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { codeOf, messageOf } from '../errors/index.js';
import { readPem } from './pem.js';
import { readPkcs12 } from './pkcs12.js';
import { StoreError } from './tls-fault.js';

/** A private key; in a PKCS12 file it has a name. */
export interface StoredKey {
  readonly alias: string | undefined;
  readonly key: KeyObject;
}

/** What is in a key store or trust store, whatever its format. */
export interface Store {
  readonly keys: readonly StoredKey[];
  readonly certificates: readonly X509Certificate[];
}

/** The first bytes of the formats that people have. */
const PEM_MARK = '-----BEGIN ';
const DER_SEQUENCE = 0x30;
const JAVA_STORES: ReadonlyMap<string, string> = new Map([
  ['feedfeed', 'JKS'],
  ['cececece', 'JCEKS'],
]);

function bytesOf(file: string): Buffer {
  if (file.startsWith('classpath:')) throw new StoreError(`'${file}' is inside a JAR: name a file`);
  try {
    return readFileSync(file);
  } catch (error) {
    const problem = codeOf(error) === 'ENOENT' ? 'does not exist' : `cannot be read: ${messageOf(error)}`;
    throw new StoreError(`'${file}' ${problem}`, error);
  }
}

function javaStoreError(file: string, format: string): StoreError {
  const converted = `${file.replace(/\.(?:jks|jceks|ks|keystore|truststore)$/i, '')}.p12`;
  return new StoreError(
    `'${file}' is a Java key store (${format}), which Echo does not read: convert it with ` +
      `"keytool -importkeystore -srckeystore ${file} -destkeystore ${converted} -deststoretype PKCS12" ` +
      `and name ${converted} instead`,
  );
}

/**
 * Reads a PEM or PKCS12 file. The format is seen from the file, as Java sees it, so that a store type that is wrong or
 * missing does no harm. `file` may start with `file:`, as Spring's locations do.
 * @throws StoreError when the file cannot be read; StorePasswordError when the password is at fault
 */
export function readStore(location: string, password: string): Store {
  const file = location.replace(/^file:(?:\/\/(?=\/))?/, '');
  const bytes = bytesOf(file);
  if (bytes.includes(PEM_MARK)) return readPem(bytes.toString('latin1'), file, password);
  if (bytes[0] === DER_SEQUENCE) return readPkcs12(bytes, file, password);
  const format = JAVA_STORES.get(bytes.subarray(0, 4).toString('hex'));
  throw format ? javaStoreError(file, format) : new StoreError(`'${file}' is neither PEM nor PKCS12`);
}
