import { DataSource } from 'typeorm';
import { EchoError } from '../errors/index.js';
import type { Address } from './address.js';
import { MIGRATIONS_TABLE, dataSourceOptions } from './data-source-options.js';
import { migrationClasses, scripts } from './migrations.js';

/** Any number that no other program takes: instances that boot together change the schema one after the other. */
const ADVISORY_LOCK = 4_346_331;
const CONNECT_MS = 10_000;

/** Rights of the service's user: everything but changing the schema. */
export const grantsTo = (user: string): string[] => {
  const name = `"${user.replaceAll('"', '""')}"`;
  return [
    `GRANT USAGE ON SCHEMA public TO ${name}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`,
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name}`,
  ];
};

/** Brings the schema up to date as the migration's user, and gives the service's user its rights. */
export async function migrate(migration: Address, serviceUser: string): Promise<string[]> {
  const source = new DataSource({ ...dataSourceOptions(migration, 2, CONNECT_MS), migrations: migrationClasses() });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    const done = await source.runMigrations();
    if (serviceUser !== migration.user) for (const grant of grantsTo(serviceUser)) await source.query(grant);
    return done.map(({ name }) => name);
  } finally {
    await lock.release();
    await source.destroy();
  }
}

/** What `npm run migrate -- --sql` prints: the whole script for someone who runs it by hand. */
export function migrationScript(serviceUser: string): string {
  const table = `CREATE TABLE IF NOT EXISTS ${MIGRATIONS_TABLE} (id SERIAL PRIMARY KEY, "timestamp" bigint NOT NULL, name varchar NOT NULL)`;
  const steps = scripts().flatMap(({ name, sql }) => [
    `-- ${name}`,
    sql.trimEnd(),
    `INSERT INTO ${MIGRATIONS_TABLE} ("timestamp", name) VALUES (${name.slice(-13)}, '${name}');\n`,
  ]);
  return ['BEGIN;', `${table};`, ...steps, ...grantsTo(serviceUser).map((grant) => `${grant};`), 'COMMIT;', ''].join(
    '\n',
  );
}

/** The major version of the schema that this code works with. A script that does more than add raises it, in the table too. */
const MAJOR = 1;

const schemaFault = (problem: string, cure: string): EchoError =>
  new EchoError(`The schema of the database is ${problem}. ${cure}`, { code: 'schema-mismatch' });

/**
 * Checks that this code can work with the schema: it has all that the code knows, and what it has besides was only added.
 * @throws EchoError when it is older, or newer by a major version, saying what to do
 */
export async function checkSchema(source: DataSource): Promise<void> {
  const known = scripts().map(({ name }) => name);
  const applied = await appliedMigrations(source);
  const missing = known.filter((name) => !applied.includes(name));
  if (missing.length > 0) {
    throw schemaFault(
      `older than this Echo (it lacks ${missing.join(', ')})`,
      'Run `npm run migrate` as sql.migration.user.',
    );
  }
  const [version] = await source.query<{ major: number }[]>('SELECT major FROM schema_version');
  if (version && version.major > MAJOR) {
    throw schemaFault(
      `newer than this Echo (its major version is ${version.major}, not ${MAJOR})`,
      'Run the version that made it, or a later one.',
    );
  }
}

async function appliedMigrations(source: DataSource): Promise<string[]> {
  const [found] = await source.query<{ known: string | null }[]>('SELECT to_regclass($1) AS known', [MIGRATIONS_TABLE]);
  if (!found?.known) return [];
  const rows = await source.query<{ name: string }[]>(`SELECT name FROM ${MIGRATIONS_TABLE}`);
  return rows.map(({ name }) => name);
}
