import { X509Certificate, createPrivateKey } from 'node:crypto';
import { messageOf } from '../errors/index.js';
import type { Store, StoredKey } from './store.js';
import { StoreError, StorePasswordError } from './tls-fault.js';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

function certificateOf(text: string, file: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (error) {
    throw new StoreError(`'${file}' has a certificate that cannot be read: ${messageOf(error)}`, error);
  }
}

function keyOf(text: string, file: string, password: string): StoredKey {
  const encrypted = text.includes('ENCRYPTED');
  try {
    return { alias: undefined, key: createPrivateKey({ key: text, ...(encrypted && { passphrase: password }) }) };
  } catch (error) {
    if (encrypted) throw new StorePasswordError(`does not open the key in '${file}'`, error);
    throw new StoreError(`'${file}' has a private key that cannot be read: ${messageOf(error)}`, error);
  }
}

/** Reads certificates and private keys, in any order; other blocks, such as parameters of curves, are passed over. */
export function readPem(text: string, file: string, password: string): Store {
  const blocks = [...text.matchAll(BLOCK)].map(([block, label = '']) => ({ block, label }));
  return {
    keys: blocks.filter(({ label }) => label.endsWith('PRIVATE KEY')).map(({ block }) => keyOf(block, file, password)),
    certificates: blocks
      .filter(({ label }) => /^(?:X509 )?CERTIFICATE$/.test(label))
      .map(({ block }) => certificateOf(block, file)),
  };
}
