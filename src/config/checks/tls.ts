import type { Setting } from '../../platform/settings/index.js';
import { tlsFaults } from '../../platform/tls/index.js';
import { whereOf } from '../entry.js';
import type { Fault } from '../fault.js';
import type { Resolved } from '../values/resolve.js';

/** Opens the stores that the configuration names: a wrong password is found at boot, and not with the first call. */
export function storeFaults(values: ReadonlyMap<Setting<unknown>, Resolved>): Fault[] {
  const get = <T>(setting: Setting<T>): T => (values.get(setting)?.value ?? setting.default) as T;
  const written = new Map([...values].map(([{ key }, resolved]) => [key, resolved.written[0]]));
  return tlsFaults({ get }).map(({ key, storeKey, problem }) => {
    const found = written.get(key) ?? written.get(storeKey);
    return { where: found ? whereOf(found.origin) : 'default', key, problem };
  });
}
