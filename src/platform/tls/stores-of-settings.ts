import type { Optional, Setting, Settings } from '../settings/index.js';
import { type TlsIdentity, identityIn } from './identity.js';
import { type Store, readStore } from './store.js';
import { StoreError, StorePasswordError, TlsSettingError } from './tls-fault.js';

export type SettingReader = Pick<Settings, 'get'>;

/** The settings that name one store. */
export interface StoreSettings {
  readonly file: Optional<string>;
  readonly password: Setting<string>;
}

/** An empty text is nothing, as in a template that leaves a value open. */
export const textOf = (settings: SettingReader, setting: Optional<string>): string | undefined =>
  settings.get(setting)?.trim() || undefined;

/** What is wrong with a store is a fault of the setting that names it, or of the one with its password. */
function blaming<T>({ file, password }: StoreSettings, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof StorePasswordError) throw new TlsSettingError(password.key, error.message, file.key, error);
    if (error instanceof StoreError) throw new TlsSettingError(file.key, error.message, file.key, error);
    throw error;
  }
}

/** What is in the store that a setting names, or `undefined` where it names none. Throws TlsSettingError. */
export function storeOf(settings: SettingReader, names: StoreSettings): Store | undefined {
  const file = textOf(settings, names.file);
  return file === undefined ? undefined : blaming(names, () => readStore(file, settings.get(names.password)));
}

/** The key of a store that these settings name, with its certificates. Throws TlsSettingError. */
export function identityOf(settings: SettingReader, store: Store, names: StoreSettings, alias?: string): TlsIdentity {
  return blaming(names, () => identityIn(store, textOf(settings, names.file) ?? '', alias));
}

/** The certificates that a setting names as trusted, as PEM, or `undefined` where it names none. Throws TlsSettingError. */
export function trustOf(settings: SettingReader, names: StoreSettings): string[] | undefined {
  const certificates = storeOf(settings, names)?.certificates.map(String);
  if (certificates?.length !== 0) return certificates;
  throw new TlsSettingError(names.file.key, `'${textOf(settings, names.file)}' has no certificate`);
}
