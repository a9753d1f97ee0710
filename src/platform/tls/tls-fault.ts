import { EchoError } from '../errors/index.js';

/** A key or trust store cannot be used. The message names the file and says what to do, without naming a setting. */
export class StoreError extends EchoError {
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'unusable-store', cause });
  }
}

/** The password of a store is not the one that was given. */
export class StorePasswordError extends StoreError {}

/** A TLS setting that cannot be used, with its key. */
export class TlsSettingError extends EchoError {
  /** @param storeKey the setting that names the store, where `key` is only its password and may be left at its default */
  constructor(
    readonly key: string,
    readonly problem: string,
    readonly storeKey = key,
    cause?: unknown,
  ) {
    super(`${key}: ${problem}`, { code: 'invalid-tls-setting', cause });
  }
}
