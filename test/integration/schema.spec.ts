import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSchema, migrate, migrationScript } from '../../src/platform/database/migrate.js';
import { Clusters } from '../../src/scheduler/sql/cluster-row.js';
import { CronTriggers } from '../../src/scheduler/sql/cron-trigger-row.js';
import { CronPauses, Slots } from '../../src/slots/sql/tables.js';
import { BUILT } from '../support/built.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

/** All that rooms register with `forFeature`. */
const ENTITIES = [CronTriggers, Clusters, Slots, CronPauses];

describe('the schema', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await testDatabase({ empty: true })));
  afterAll(() => database.drop());

  it('is older than the code before the migration: the boot is told to stop', async () => {
    await expect(checkSchema(database.source)).rejects.toThrow(/older than this Echo .*npm run migrate/);
  });

  it("is made by the migration's user, and the service's user can use it and cannot change it", async () => {
    const { source, address } = database;
    await source.query('CREATE ROLE echo_service LOGIN; CREATE ROLE echo_migrate LOGIN');
    await source.query('GRANT CREATE, USAGE ON SCHEMA public TO echo_migrate');

    await Promise.all([1, 2].map(() => migrate({ ...address, user: 'echo_migrate' }, 'echo_service')));

    await expect(checkSchema(source)).resolves.toBeUndefined();
    const service = await as('echo_service');
    expect(await service.query('SELECT count(*)::int AS n FROM events')).toEqual([{ n: 0 }]);
    await expect(service.query('CREATE TABLE mine (a int)')).rejects.toThrow(/permission denied/);
    await expect(service.query('ALTER TABLE events ADD COLUMN mine int')).rejects.toThrow(/must be owner/);
    await service.destroy();
  });

  it('may have more than the code knows, as long as that was only added', async () => {
    const { source } = database;
    await source.query(`INSERT INTO echo_migrations ("timestamp", name) VALUES (9999999999999, 'later9999999999999')`);
    await expect(checkSchema(source)).resolves.toBeUndefined();

    await source.query('UPDATE schema_version SET major = 2');
    await expect(checkSchema(source)).rejects.toThrow(/newer than this Echo \(its major version is 2, not 1\)/);
  });

  it('is what the entities say, column by column', async () => {
    const migrated = await testDatabase({ entities: ENTITIES });
    const { upQueries } = await migrated.source.driver.createSchemaBuilder().log();
    await migrated.drop();

    // Indexes and checks are the migrations' business.
    const aboutColumns = upQueries.filter(({ query }) => !/DROP (INDEX|CONSTRAINT)/.test(query));
    expect(aboutColumns.map(({ query }) => query)).toEqual([]);
  });

  it('lets PostgreSQL know that an event has few effects, so that it looks them up by the index', async () => {
    const migrated = await testDatabase();
    await migrated.source.query(`
      INSERT INTO effects (id, kind, key, payload, bytes, lane, identity, cause, state, created_at)
      SELECT n, 'start', n, '{}', 2, 'lane', '{}', jsonb_build_object('inboxId', n), 'done', n FROM generate_series(1, 5000) n`);
    await migrated.source.query('ANALYZE effects');

    const [row] = await migrated.source.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }[]>(
      `EXPLAIN (FORMAT JSON) SELECT id FROM effects WHERE cause ->> 'inboxId' = '7'`,
    );
    await migrated.drop();

    expect(row?.['QUERY PLAN'][0].Plan['Plan Rows']).toBe(1);
  });

  it('can be made by hand from the printed script', async () => {
    const other = await testDatabase({ empty: true });
    await other.source.query('DO $$ BEGIN CREATE ROLE by_hand; EXCEPTION WHEN duplicate_object THEN NULL; END $$');
    await other.source.query(migrationScript('by_hand'));
    await expect(checkSchema(other.source)).resolves.toBeUndefined();
    await other.drop();
  });

  it(
    'is made by `npm run migrate`, which prints the script and its GRANTs for somebody else instead when told to',
    { timeout: 90_000 },
    async () => {
      const other = await testDatabase({ empty: true });
      const env = {
        PATH: process.env['PATH'],
        SQL_ENABLED: 'true',
        SQL_CONNECTIONPOOL_JDBCURL: other.url,
        SQL_CONNECTIONPOOL_USER: 'by_command',
        SQL_MIGRATION_JDBCURL: other.url,
        SQL_MIGRATION_USER: other.address.user,
      };
      const run = async (...args: string[]): Promise<string> =>
        (await promisify(execFile)(process.execPath, [path.join(BUILT, 'cli/migrate.js'), ...args], { env })).stdout;
      await other.source.query('DO $$ BEGIN CREATE ROLE by_command; EXCEPTION WHEN duplicate_object THEN NULL; END $$');

      const script = await run('--sql');
      expect(script).toMatch(/CREATE TABLE effects/);
      expect(script).toMatch(/GRANT .* TO "by_command"/);
      await expect(checkSchema(other.source)).rejects.toThrow(/older/);

      expect(await run()).toMatch(/^Applied: outbox1764380000000, /);
      await expect(checkSchema(other.source)).resolves.toBeUndefined();
      expect(await run()).toBe('The schema is up to date.\n');
      await other.drop();
    },
  );

  const as = async (user: string) => {
    const { DataSource } = await import('typeorm');
    const { dataSourceOptions } = await import('../../src/platform/database/data-source-options.js');
    return new DataSource(dataSourceOptions({ ...database.address, user }, 1, 5000)).initialize();
  };
});
