import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewEffect, Outbox } from '../../src/outbox/index.js';
import { PostgresWakeups } from '../../src/platform/database/postgres-wakeups.js';
import { MemoryTriggerStore } from '../../src/scheduler/memory/memory-trigger-store.js';
import { CronTriggers } from '../../src/scheduler/sql/cron-trigger-row.js';
import { SqlTriggerStore } from '../../src/scheduler/sql/sql-trigger-store.js';
import type { JobRunner } from '../../src/platform/lifecycle/index.js';
import type { DueTrigger, Turn } from '../../src/scheduler/trigger-store.js';
import { MemorySlotLedger } from '../../src/slots/memory/memory-slot-ledger.js';
import { SqlSlotLedger } from '../../src/slots/sql/sql-slot-ledger.js';
import { Slots } from '../../src/slots/sql/tables.js';
import { ManualClock } from '../support/manual-clock.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { sqlOutbox } from './outbox-twins.js';
import { TestSettings } from '../support/test-settings.js';
import { accepted, stepping, trigger, triggerStoreContract } from './trigger-store.contract.js';

let database: TestDatabase;
const wakeups: PostgresWakeups[] = [];
beforeAll(async () => void (database = await testDatabase({ entities: [CronTriggers, Slots] })));
beforeEach(async () => void (await database.source.query('TRUNCATE effects, cron_triggers, slots')));
afterEach(() => Promise.all(wakeups.splice(0).map((one) => one.onApplicationShutdown())));
afterAll(() => database.drop());

/** A store as an instance of its own has it. */
async function instance(): Promise<SqlTriggerStore> {
  return (await whole()).store;
}

async function whole(): Promise<{ store: SqlTriggerStore; ledger: SqlSlotLedger }> {
  const { source, address } = database;
  const clock = new ManualClock();
  const hears = new PostgresWakeups(address, source, clock);
  await hears.onApplicationBootstrap();
  wakeups.push(hears);
  const { outbox } = sqlOutbox(source, () => ({ kind: 'done' }), {}, clock);
  const jobs = { start: () => undefined } as unknown as JobRunner;
  const ledger = new SqlSlotLedger(source, source.getRepository(Slots), clock, new TestSettings(), jobs);
  return { ledger, store: new SqlTriggerStore(source, source.getRepository(CronTriggers), outbox, ledger, hears) };
}

async function started(): Promise<string[]> {
  const rows = await database.source.query<{ key: string }[]>('SELECT key FROM effects');
  return rows.map(({ key }) => key);
}

describe('the trigger store in PostgreSQL', () => {
  triggerStoreContract(async () => ({ ...(await whole()), started }));
});

describe('the trigger store in memory', () => {
  triggerStoreContract(() => {
    const written: NewEffect[] = [];
    const submit = (effects: readonly NewEffect[]) => {
      written.push(...effects);
      return Promise.resolve(accepted(effects));
    };
    const ledger = new MemorySlotLedger(new TestSettings());
    const store = new MemoryTriggerStore({ submit } as unknown as Outbox, ledger);
    return Promise.resolve({ store, ledger, started: () => Promise.resolve(written.map(({ key }) => key)) });
  });
});

const many = Array.from({ length: 300 }, (_, i) => trigger(`t${String(i).padStart(3, '0')}`));

/** Claims until nothing is due any more; answers the keys. */
async function claimAll(store: SqlTriggerStore): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const taken = await store.claim(5000, 7, stepping(10_000));
    if (taken.length === 0) return keys;
    keys.push(...taken.map(({ turn }) => turn.due.trigger.key));
  }
}

describe('several instances over one database', () => {
  it('claim every slot once, side by side', async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(() => instance()));
    await stores[0]!.sync(many, () => 1000);

    const claimed = await Promise.all(stores.map(claimAll));

    expect(claimed.flat().sort()).toEqual(many.map(({ key }) => key));
    expect((await started()).sort()).toEqual(many.map(({ key }) => `${key}@1000`));
  });

  it('do not wait for each other: what one has in hand is out of sight of the others', async () => {
    const [one, other] = await Promise.all([instance(), instance()]);
    await one.sync([trigger('a'), trigger('b')], ({ key }) => (key === 'a' ? 1000 : 2000));

    const taken = await one.claim(5000, 1, async (due) => {
      const meanwhile = await other.claim(5000, 10, stepping(10_000));
      expect(meanwhile.map(({ turn }) => turn.due.trigger.key)).toEqual(['b']);
      return stepping(10_000)(due);
    });

    expect(taken.map(({ turn }) => turn.due.trigger.key)).toEqual(['a']);
  });

  it('sync the same pipelines at once and change nothing but once', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => instance()));

    const counts = await Promise.all(stores.map((store) => store.sync(many, () => 1000)));

    expect(counts.map(({ added }) => added).sort((a, b) => a - b)).toEqual([0, 0, many.length]);
    expect(counts.map(({ updated, removed }) => updated + removed)).toEqual([0, 0, 0]);
  });

  it('hear of triggers that one of them has changed', async () => {
    const [one, other] = await Promise.all([instance(), instance()]);
    const heard = new Promise<void>((resolve) => other.onChange(resolve));

    await one.sync([trigger('a')], () => 1000);

    await heard;
    expect(await other.nextSlot()).toBe(1000);
  });

  it('lose neither the claim nor the sync when both touch a trigger at once', async () => {
    const [one, other] = await Promise.all([instance(), instance()]);
    await one.sync([trigger('a'), trigger('b')], () => 1000);
    let syncing: Promise<unknown> = Promise.resolve();

    await one.claim(5000, 10, (due: readonly DueTrigger[]): Promise<Turn[]> => {
      syncing = other.sync([trigger('a', { rebake: true }), trigger('b', { expression: '0 0 13 * * ?' })], () => 7000);
      return stepping(10_000)(due);
    });
    await syncing;

    const now = await one.list('pipeline');
    expect(now.map(({ trigger: { key, rebake }, nextSlot }) => [key, rebake, nextSlot])).toEqual([
      ['a', true, 11_000],
      ['b', false, 7000],
    ]);
  });
});
