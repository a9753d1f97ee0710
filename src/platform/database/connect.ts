import { DataSource } from 'typeorm';
import type { Settings } from '../settings/index.js';
import { addressesOf } from './addresses.js';
import type { Address } from './address.js';
import { databaseConfig } from './database.config.js';
import { dataSourceOptions } from './data-source-options.js';

/** One connection besides the pool, to the database of the settings unless another is named; destroy it after use. */
export function connect(settings: Settings, address: Address = addressesOf(settings).service): Promise<DataSource> {
  return new DataSource(dataSourceOptions(address, 1, settings.get(databaseConfig.connectionTimeoutMs))).initialize();
}
