import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import type { Address } from './address.js';

export const MIGRATIONS_TABLE = 'echo_migrations';

/** An address in TypeORM's words. */
export function dataSourceOptions(address: Address, poolSize: number, connectMs: number): PostgresDataSourceOptions {
  const { host, port, database, user, password, ssl, schema, applicationName, connectTimeoutMs } = address;
  return {
    type: 'postgres',
    host,
    port,
    database,
    username: user,
    ...(password !== undefined && { password }),
    ...(ssl !== undefined && { ssl }),
    ...(schema !== undefined && { schema, extra: { options: `-c search_path=${schema}` } }),
    applicationName: applicationName ?? 'echo',
    poolSize,
    connectTimeoutMS: connectTimeoutMs ?? connectMs,
    migrationsTableName: MIGRATIONS_TABLE,
    installExtensions: false,
    migrationsTransactionMode: 'all',
  };
}
