import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DataSource, type EntitySchema } from 'typeorm';
import { inject } from 'vitest';
import type { Address } from '../../src/platform/database/address.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { EmbeddedServer } from '../../src/platform/database/embedded/embedded-server.js';
import { migrate } from '../../src/platform/database/migrate.js';

const TEMPLATE = 'echo_template';

type Entities = readonly EntitySchema[];

/** A database of a test file's own, with the migrated schema. */
export interface TestDatabase {
  readonly address: Address;
  /** For `sql.connectionPool.jdbcUrl`. */
  readonly url: string;
  readonly source: DataSource;
  /** A further pool to the same database, as another instance has one. */
  connect(poolSize?: number): Promise<DataSource>;
  drop(): Promise<void>;
}

async function open(address: Address, poolSize = 10, entities: Entities = []): Promise<DataSource> {
  return new DataSource({ ...dataSourceOptions(address, poolSize, 5000), entities: [...entities] }).initialize();
}

/** The one server of this test run, started by whoever asks first; its database `postgres` belongs to all. */
export async function testServer(): Promise<Address> {
  const folder = inject('postgresFolder');
  const file = path.join(folder, 'address.json');
  try {
    mkdirSync(path.join(folder, 'starting'));
  } catch {
    while (!existsSync(file)) await setTimeout(20);
    return JSON.parse(readFileSync(file, 'utf8')) as Address;
  }
  chmodSync(folder, 0o755);
  const { address } = await EmbeddedServer.start({
    folder: path.join(folder, 'data'),
    flags: ['fsync=off', 'max_connections=300'],
  });
  const admin = await open(address, 1);
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.destroy();
  await migrate({ ...address, database: TEMPLATE }, address.user);
  writeFileSync(`${file}.new`, JSON.stringify(address));
  renameSync(`${file}.new`, file);
  return address;
}

/** A clone of the migrated template, or an empty database. Drop it in `afterAll`. */
export async function testDatabase(
  options: { readonly empty?: boolean; readonly entities?: Entities } = {},
): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  const admin = await open(server, 1);
  await admin.query(`CREATE DATABASE ${name}${options.empty ? '' : ` TEMPLATE ${TEMPLATE}`}`);
  const address = { ...server, database: name };
  const { entities } = options;
  const sources = [await open(address, undefined, entities)];
  return {
    address,
    url: `jdbc:postgresql://${address.host}:${address.port}/${name}?user=${address.user}`,
    source: sources[0] as DataSource,
    connect: async (poolSize) => {
      const source = await open(address, poolSize, entities);
      sources.push(source);
      return source;
    },
    drop: async () => {
      await Promise.all(sources.map((source) => source.destroy()));
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.destroy();
    },
  };
}
