import { EchoError } from '../errors/index.js';
import type { Settings } from '../settings/index.js';
import { type Address, readAddress } from './address.js';
import { databaseConfig } from './database.config.js';

/** How the service and the migration reach the database, and with how many connections. */
export interface Addresses {
  readonly service: Address;
  readonly migration: Address;
  readonly maxPoolSize: number;
}

const POOL = 'sql.connectionPool.jdbcUrl';

/** Reads `sql.connectionPool` and `sql.migration`. */
export function addressesOf(settings: Settings): Addresses {
  const url = settings.get(databaseConfig.url);
  if (url === undefined) throw noDatabase();
  const service = readAddress(POOL, url, settings.get(databaseConfig.user), settings.get(databaseConfig.password));
  return {
    service,
    migration: migrationOf(settings, url, service),
    maxPoolSize: settings.get(databaseConfig.maxPoolSize),
  };
}

function migrationOf(settings: Settings, serviceUrl: string, service: Address): Address {
  const [url, user] = [settings.get(databaseConfig.migrationUrl), settings.get(databaseConfig.migrationUser)];
  if (url === undefined && user === undefined) return service;
  const key = url === undefined ? POOL : databaseConfig.migrationUrl.key;
  return readAddress(key, url ?? serviceUrl, user, settings.get(databaseConfig.migrationPassword));
}

const noDatabase = (): EchoError =>
  new EchoError(
    `${POOL}: sql.enabled is true but no database is named: write jdbc:postgresql://<host>:5432/<database>, ` +
      'or set sql.embedded to true to have Echo start its own.',
    { code: 'no-database' },
  );
