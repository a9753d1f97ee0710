import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Effect } from '../../src/outbox/index.js';
import { effectsTable } from '../../src/outbox/sql/effects-table.js';
import type { Transaction } from '../../src/platform/database/index.js';
import { cronTriggersTable } from '../../src/scheduler/sql/cron-triggers-table.js';
import type { Turn } from '../../src/scheduler/trigger-store.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

/** As many as a round may have, and as many as there are in the first moments of a burst. */
const BATCH = 500;
const SMALL_BATCH = 200;

const keysOf = (count: number): string[] => Array.from({ length: count }, (_, n) => String(n));

/** A database whose tables nobody has analysed, as in the first minutes after an installation, with effects in it. */
async function databaseOf(effects: { count: number; pending: number; payload: string }): Promise<TestDatabase> {
  const database = await testDatabase();
  const { source } = database;
  for (const table of ['effects', 'cron_triggers']) {
    await source.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
  }
  await source.query(
    `
    INSERT INTO effects (id, kind, key, payload, bytes, lane, identity, cause, state, created_at, leased_by, leased_until)
    SELECT n, 'start', n, $1, 2, 'lane', '{}', '{}', CASE WHEN n <= $2 THEN 'pending' ELSE 'done' END, n, 'me', 1
    FROM generate_series(1, $3::integer) n`,
    [effects.payload, effects.pending, effects.count],
  );
  return database;
}

/** How PostgreSQL would do what `task` asks for. */
async function planOf({ source }: TestDatabase, task: (on: Transaction) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  const explain = async (sql: string, parameters?: unknown[]): Promise<unknown[]> => {
    const rows = await source.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${sql}`, parameters);
    plans.push(...rows.map((row) => row['QUERY PLAN']));
    return [];
  };
  await task({ query: explain as Transaction['query'] });
  return plans.join('\n');
}

function expectLookUps(plan: string, index: string): void {
  expect(plan).toMatch(new RegExp(`Index Scan using ${index}`));
  expect(plan).not.toMatch(/Seq Scan|Bitmap|Join Filter/);
}

const concludeEffects =
  (count: number) =>
  (on: Transaction): Promise<void> =>
    effectsTable.conclude(
      on,
      keysOf(count).map((id) => ({ effect: { id, state: 'done', attempts: 1 } as Effect, repacked: false })),
      'me',
    );

describe('over large tables of which nothing is known, hundreds of rows are looked up by their keys', () => {
  const rows = 50_000;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databaseOf({ count: rows, pending: rows, payload: '{}' });
    await database.source.query(`
      INSERT INTO cron_triggers (key, trigger_group, id, application, pipeline_id, cron_expression, expression, time_zone,
                                 rebake, fingerprint, next_slot)
      SELECT n, 'pipeline', n, 'app', n, '', '', '', false, '', 1 FROM generate_series(1, ${rows}) n`);
  });
  afterAll(() => database.drop());

  it.each([
    ['effects whose ends are noted', 'effects_pkey', concludeEffects(BATCH)],
    [
      'effects that are known already',
      'effects_kind_key_key',
      (on: Transaction) =>
        effectsTable.known(
          on,
          keysOf(BATCH).map((key) => ({ kind: 'start', key })),
        ),
    ],
    [
      'triggers that move on',
      'cron_triggers_pkey',
      (on: Transaction) =>
        cronTriggersTable.moveOn(
          on,
          keysOf(BATCH).map((key) => ({ due: { trigger: { key } }, nextSlot: 2 }) as unknown as Turn),
        ),
    ],
  ])('%s', async (_what, index, task) => {
    expectLookUps(await planOf(database, task), index);
  });
});

/** Here the pending ones seem few: were an index asked for them, each end would be compared with each of them. */
describe('over a small table of which nothing is known', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databaseOf({ count: 1000, pending: 500, payload: JSON.stringify({ name: 'x'.repeat(600) }) });
  });
  afterAll(() => database.drop());

  it('effects whose ends are noted are looked up by their keys too', async () => {
    expectLookUps(await planOf(database, concludeEffects(SMALL_BATCH)), 'effects_pkey');
  });
});
