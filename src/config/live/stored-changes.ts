import { loadConnection } from '../../platform/database/index.js';
import type { Settings } from '../../platform/settings/index.js';
import type { SettingChange } from './setting-changes.js';

/** The changes in force, for a program that is no instance of the service. */
export async function storedChanges(settings: Settings): Promise<SettingChange[]> {
  const [{ connect }, { settingChangesTable }] = await Promise.all([
    loadConnection(),
    import('./sql/setting-changes-table.js'),
  ]);
  const connection = await connect(settings);
  return settingChangesTable.inForce(connection).finally(() => connection.destroy());
}
