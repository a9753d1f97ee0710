import { Connections, LibraryTransport } from '../../platform/http/index.js';
import type { Setting } from '../../platform/settings/index.js';
import { clientTlsConfig } from '../../platform/tls/index.js';
import type { Environment } from '../environment.js';
import type { Resolved } from '../values/resolve.js';

/** What secret stores are reached with. */
export interface SecretAccess {
  readonly environment: Environment;
  readonly transport: LibraryTransport;
}

type Values = ReadonlyMap<Setting<unknown>, Resolved>;

const PASSWORDS: ReadonlyMap<Setting<unknown>, Setting<unknown>> = new Map([
  [clientTlsConfig.keyStore, clientTlsConfig.keyStorePassword],
  [clientTlsConfig.trustStore, clientTlsConfig.trustStorePassword],
]);

/** A setting as far as it can be read without any secret: a store whose password is one is not used yet. */
function valueIn<T>(values: Values, setting: Setting<T>): T {
  const isReadable = values.has(setting) && values.has(PASSWORDS.get(setting) ?? setting);
  return (isReadable ? values.get(setting)?.value : setting.default) as T;
}

/**
 * Reaches secret stores as the configuration says, as far as it can be read without them.
 * @throws TlsSettingError where a store of keys or CAs cannot be used
 */
export function accessBy(values: Values, environment: Environment): SecretAccess {
  const settings = { get: <T>(setting: Setting<T>): T => valueIn(values, setting) };
  return { environment, transport: new LibraryTransport(settings, new Connections(settings)) };
}
