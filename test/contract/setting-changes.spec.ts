import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MemorySettingChanges } from '../../src/config/live/memory/memory-setting-changes.js';
import type { SettingChange, SettingChanges } from '../../src/config/live/setting-changes.js';
import { SqlSettingChanges } from '../../src/config/live/sql/sql-setting-changes.js';
import type { Wakeups } from '../../src/platform/database/index.js';
import type { JobRunner } from '../../src/platform/lifecycle/index.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => void (await database.source.query('TRUNCATE setting_changes')));

const nobody = {} as Wakeups & JobRunner;
const twins: { name: string; make: () => SettingChanges }[] = [
  { name: 'in memory', make: () => new MemorySettingChanges() },
  { name: 'in PostgreSQL', make: () => new SqlSettingChanges(database.source, nobody, nobody) },
];

const change = (more: Partial<SettingChange> = {}): SettingChange => ({
  key: 'orca.enabled',
  value: false,
  by: 'ann',
  at: 1,
  why: 'freeze',
  ...more,
});

describe.each(twins)('changes of settings $name', ({ make }) => {
  it('hold as they were written, whatever JSON they are', async () => {
    const changes = make();
    const list = change({ key: 'rest.endpoints', value: [{ url: 'http://a', headers: {} }] });
    await changes.add(change());
    await changes.add(list);

    const held = await changes.inForce();
    expect(held).toHaveLength(2);
    expect(held).toEqual(expect.arrayContaining([change(), list]));
  });

  it('hold for all or for one cluster, the latest of each', async () => {
    const changes = make();
    for (const cluster of [undefined, 'west']) {
      await changes.add(change({ cluster, value: true }));
      await changes.add(change({ cluster, at: 2 }));
    }

    const held = await changes.inForce();
    expect(held).toHaveLength(2);
    expect(held.map(({ cluster, at }) => [cluster ?? 'all', at])).toEqual(
      expect.arrayContaining([
        ['all', 2],
        ['west', 2],
      ]),
    );
  });

  it('can be taken back, each scope for itself', async () => {
    const changes = make();
    await changes.add(change());
    await changes.add(change({ cluster: 'west' }));
    await changes.add({ key: 'orca.enabled', by: 'joe', at: 2, why: 'over' });

    expect(await changes.inForce()).toEqual([change({ cluster: 'west' })]);
  });

  it('are all remembered, the newest first and no more than asked for', async () => {
    const changes = make();
    await changes.add(change());
    await changes.add(change({ key: 'other' }));
    await changes.add({ key: 'orca.enabled', by: 'joe', at: 2, why: 'over' });

    expect(await changes.history('orca.enabled', 10)).toEqual([
      { key: 'orca.enabled', by: 'joe', at: 2, why: 'over' },
      change(),
    ]);
    expect(await changes.history('orca.enabled', 1)).toMatchObject([{ by: 'joe' }]);
  });
});
