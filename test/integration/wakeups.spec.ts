import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { SettingChange } from '../../src/config/live/setting-changes.js';
import { SqlSettingChanges } from '../../src/config/live/sql/sql-setting-changes.js';
import { PostgresWakeups } from '../../src/platform/database/postgres-wakeups.js';
import type { JobRunner } from '../../src/platform/lifecycle/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

let database: TestDatabase;
const running: PostgresWakeups[] = [];
beforeAll(async () => void (database = await testDatabase()));
afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.onApplicationShutdown()))));
afterAll(() => database.drop());

/** What one instance hears of a topic. */
async function instance(clock = new ManualClock()) {
  const wakeups = new PostgresWakeups(database.address, database.source, clock);
  const heard = { slots: 0 };
  wakeups.on('slots', () => void heard.slots++);
  running.push(wakeups);
  await wakeups.onApplicationBootstrap();
  return { wakeups, heard, clock };
}

it('one instance wakes the listeners of a topic in all', async () => {
  const [one, other] = [await instance(), await instance()];
  const before = [one.heard.slots, other.heard.slots];

  await one.wakeups.wake('something else');
  await one.wakeups.wake('slots');

  await until(() => one.heard.slots > 1 && other.heard.slots > 1);
  expect([one.heard.slots, other.heard.slots]).toEqual(before.map((times) => times + 1));
});

it('an instance that lost its connection hears again, and looks once at what it may have missed', async () => {
  const { wakeups, heard, clock } = await instance();
  const listening = `FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
  await database.source.query(`SELECT pg_terminate_backend(pid) ${listening}`);
  await clock.untilWaiting();
  await wakeups.wake('slots');
  const before = heard.slots;

  await clock.advance(1000);
  await until(() => heard.slots > before);
  const again = heard.slots;
  await wakeups.wake('slots');
  await until(() => heard.slots > again);
});

it('a setting that is changed for all instances is heard by another one without any look of its own', async () => {
  const [one, other] = [await instance(), await instance()];
  const noClock = { start: () => undefined } as unknown as JobRunner;
  const change: SettingChange = { key: 'orca.enabled', value: false, by: 'ann', at: 1, why: 'freeze' };
  const seen: unknown[] = [];
  const there = new SqlSettingChanges(database.source, other.wakeups, noClock);
  there.watch(async () => void seen.push(...(await there.inForce())));

  await new SqlSettingChanges(database.source, one.wakeups, noClock).add(change);

  await until(() => seen.length > 0);
  expect(seen).toEqual([change]);
});
