import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Effect } from '../../src/outbox/index.js';
import { effectsTable } from '../../src/outbox/sql/effects-table.js';
import type { Transaction } from '../../src/platform/database/index.js';
import { cronTriggersTable } from '../../src/scheduler/sql/cron-triggers-table.js';
import type { Turn } from '../../src/scheduler/trigger-store.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

const ROWS = 50_000;
const BATCH = 500;
const batch = Array.from({ length: BATCH }, (_, n) => String(n));

/** Nobody has analysed these tables, as in the first minutes after an installation. */
describe('over tables of which nothing is known, hundreds of rows are looked up by their keys', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    const { source } = database;
    for (const table of ['effects', 'cron_triggers']) {
      await source.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
    }
    await source.query(`
      INSERT INTO effects (id, kind, key, payload, bytes, lane, identity, cause, state, created_at, leased_by, leased_until)
      SELECT n, 'start', n, '{}', 2, 'lane', '{}', '{}', 'pending', n, 'me', 1 FROM generate_series(1, ${ROWS}) n`);
    await source.query(`
      INSERT INTO cron_triggers (key, trigger_group, id, application, pipeline_id, cron_expression, expression, time_zone,
                                 rebake, fingerprint, next_slot)
      SELECT n, 'pipeline', n, 'app', n, '', '', '', false, '', 1 FROM generate_series(1, ${ROWS}) n`);
  });
  afterAll(() => database.drop());

  /** How PostgreSQL would do what `task` asks for. */
  async function planOf(task: (on: Transaction) => Promise<unknown>): Promise<string> {
    const plans: string[] = [];
    const explain = async (sql: string, parameters?: unknown[]): Promise<unknown[]> => {
      const rows = await database.source.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${sql}`, parameters);
      plans.push(...rows.map((row) => row['QUERY PLAN']));
      return [];
    };
    await task({ query: explain as Transaction['query'] });
    return plans.join('\n');
  }

  it.each([
    [
      'effects whose ends are noted',
      'effects_pkey',
      (on: Transaction) =>
        effectsTable.conclude(
          on,
          batch.map((id) => ({ effect: { id, state: 'done', attempts: 1 } as Effect, repacked: false })),
          'me',
        ),
    ],
    [
      'effects that are known already',
      'effects_kind_key_key',
      (on: Transaction) =>
        effectsTable.known(
          on,
          batch.map((key) => ({ kind: 'start', key })),
        ),
    ],
    [
      'triggers that move on',
      'cron_triggers_pkey',
      (on: Transaction) =>
        cronTriggersTable.moveOn(
          on,
          batch.map((key) => ({ due: { trigger: { key } }, nextSlot: 2 }) as unknown as Turn),
        ),
    ],
  ])('%s', async (_what, index, task) => {
    const plan = await planOf(task);
    expect(plan).toMatch(new RegExp(`Index Scan using ${index}`));
    expect(plan).not.toMatch(/Seq Scan|Bitmap|Join Filter/);
  });
});
