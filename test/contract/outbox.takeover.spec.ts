import type { Pool } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/outbox/index.js';
import { OverloadedError } from '../../src/platform/errors/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { type Script, newEffect, sqlOutbox } from './outbox-twins.js';

let database: TestDatabase;
let clock: ManualClock;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => {
  await database.source.query('TRUNCATE effects');
  clock = new ManualClock();
});

const LEASE = 30_000;
const done: Outcome = { kind: 'done' };
const never = (): Promise<Outcome> => new Promise(() => undefined);
/** What the outbox's statements go through. */
const poolOf = ({ source }: TestDatabase): Pool => (source.driver as PostgresDriver).master as Pool;

const instance = (script: Script, values: Record<string, unknown> = {}) =>
  sqlOutbox(database.source, script, { 'outbox.sql.leaseMs': LEASE, ...values }, clock);

/** As PostgreSQL says it when it shuts down. */
const gone = Object.assign(new Error('gone'), { code: '57P01' });

describe('several instances over one database', () => {
  it('do an effect once: what one has, no other touches, as long as it renews its lease', async () => {
    const [one, other] = [instance(never), instance(() => done)];
    await one.outbox.submit([newEffect('a')]);

    for (let time = 0; time < 5; time++) {
      await clock.advance(LEASE / 3);
      await one.runJob('outbox.leases');
      await other.outbox.takeOver();
    }

    expect([one.attempted.length, other.attempted.length]).toEqual([1, 0]);
  });

  it('renew leases past an effect whose end is being noted, and do not wait for it', async () => {
    const [one, other] = [instance(never), instance(() => done)];
    await one.outbox.submit([newEffect('ending'), newEffect('under way')]);

    await database.source.transaction(async (noting) => {
      await noting.query(`SELECT 1 FROM effects WHERE key = 'ending' FOR UPDATE`);
      await clock.advance(LEASE / 2);
      await one.runJob('outbox.leases');
    });
    await clock.advance(LEASE / 2);
    await other.outbox.takeOver();

    await until(() => other.attempted.length > 0);
    expect(other.attempted.map(({ key }) => key)).toEqual(['ending']);
  });

  it('go on with an effect whose instance is gone, and know that its attempt may have arrived', async () => {
    const [gone, other] = [instance(never), instance(() => done)];
    await gone.outbox.submit([newEffect('a')]);

    await clock.advance(LEASE - 1);
    await other.outbox.takeOver();
    expect(other.attempted).toEqual([]);
    await clock.advance(1);
    await other.outbox.takeOver();
    await until(() => other.concluded.length > 0);

    expect(other.attempted).toMatchObject([{ key: 'a', interrupted: true }]);
    expect(await other.outbox.latest(1)).toMatchObject([{ state: 'done' }]);
  });

  it('share the retries: each one is made by whoever looks first, and is no interruption', async () => {
    const [one, other] = [instance(() => ({ kind: 'retry', error: 'busy', afterMs: 100 })), instance(() => done)];
    await one.outbox.perform(newEffect('a'));

    // Both have an alarm or look; the database decides.
    await clock.advance(50);
    await other.outbox.takeOver();
    expect(other.attempted).toEqual([]);
    clock.advance(60).catch(() => undefined);
    await until(async () => {
      await other.outbox.takeOver();
      return one.attempted.length + other.attempted.length > 1;
    });

    expect([...one.attempted.slice(1), ...other.attempted]).toMatchObject([{ attempts: 2 }]);
    expect([...one.attempted.slice(1), ...other.attempted][0]).not.toHaveProperty('interrupted');
  });

  it('an instance that was stopped for longer than its lease does not begin what it had', async () => {
    const [stopped, other] = [instance(() => done), instance(() => done)];
    await stopped.outbox.submit([newEffect('a', { notBefore: clock.now() + 1000 })]);

    // The clock moves while nothing of the stopped instance runs: its timer rings only afterwards.
    const timers = stopped.clock;
    await other.clock.advance(0);
    await database.source.query(`UPDATE effects SET leased_until = 1`);
    await other.outbox.takeOver();
    await stopped.runJob('outbox.leases');
    await timers.advance(1000);
    await until(() => other.concluded.length > 0);

    expect(stopped.attempted).toEqual([]);
    expect(other.attempted).toHaveLength(1);
  });

  it('an instance that was stopped right after writing has no longer a lease than it wrote', async () => {
    const [stopped, other] = [instance(() => done), instance(() => done)];
    const written = await database.source.transaction((manager) => stopped.outbox.write(manager, [newEffect('a')]));
    await clock.advance(LEASE);
    await other.outbox.takeOver();
    await until(() => other.concluded.length > 0);

    stopped.outbox.adopt(written);
    await clock.advance(0);

    expect(stopped.attempted).toEqual([]);
  });

  it('an attempt learns that its effect is not ours any more, a while before somebody else may take it', async () => {
    let isOurs: () => boolean = () => false;
    const [one, other] = [instance((_, ours) => ((isOurs = ours), never())), instance(() => done)];
    await one.outbox.submit([newEffect('a')]);
    await until(() => one.attempted.length > 0);

    expect(isOurs()).toBe(true);
    await clock.advance((LEASE * 2) / 3);
    expect(isOurs()).toBe(false);
    await other.outbox.takeOver();
    expect(other.attempted).toEqual([]);

    await one.runJob('outbox.leases');
    expect(isOurs()).toBe(true);
  });

  it('an interrupted effect that is postponed is still one whose attempt may have arrived', async () => {
    const [gone, other] = [instance(never), instance(() => ({ kind: 'postponed', afterMs: 10, error: 'not now' }))];
    await gone.outbox.submit([newEffect('a')]);
    await clock.advance(LEASE);
    await other.outbox.takeOver();
    await until(async () => (await other.outbox.latest(1))[0]?.lastError === 'not now');

    await clock.advance(10);
    await until(() => other.attempted.length === 2);

    expect(other.attempted[1]).toMatchObject({ key: 'a', interrupted: true });
  });

  it('nothing counts as abandoned for a lease after the database was away: owners come back first', async () => {
    const [one, other] = [instance(never), instance(() => done)];
    await one.outbox.submit([newEffect('a')]);
    const pool = poolOf(database);
    const query = pool.query.bind(pool);
    Object.assign(pool, { query: () => Promise.reject(new Error('gone')) });
    await clock.advance(LEASE + 1);
    await expect(other.runJob('outbox.takeover')).rejects.toThrow('gone');
    Object.assign(pool, { query });

    await other.runJob('outbox.takeover');
    await one.runJob('outbox.leases');
    await clock.advance(LEASE - 1);
    await other.runJob('outbox.takeover');

    expect(other.attempted).toEqual([]);
  });

  it('an end that could not be noted is noted when the database is back, and the effect is not done again', async () => {
    const pool = poolOf(database);
    const query = pool.query.bind(pool);
    const one = instance(() => {
      Object.assign(pool, { query: () => Promise.reject(gone) });
      return done;
    });
    await one.outbox.submit([newEffect('a')]);
    await clock.untilWaiting();
    Object.assign(pool, { query });
    await clock.advance(50);
    await until(() => one.concluded.length > 0);

    expect(one.attempted).toHaveLength(1);
    expect(await one.outbox.latest(1)).toMatchObject([{ state: 'done' }]);
  });

  it('what an event brings about is written down as soon as the database is back, and somebody who waits is told at once', async () => {
    const pool = poolOf(database);
    const query = pool.query.bind(pool);
    const one = instance(() => done);
    Object.assign(pool, { query: () => Promise.reject(gone) });
    const submitted = one.outbox.submit([newEffect('a')]);
    await expect(one.outbox.perform(newEffect('b'))).rejects.toBeInstanceOf(OverloadedError);
    await clock.untilWaiting();
    Object.assign(pool, { query });
    await clock.advance(50);

    expect(await submitted).toMatchObject([{ kind: 'accepted', effect: { key: 'a' } }]);
    await until(() => one.concluded.length > 0);
  });

  it('what was written without an answer is no duplicate when it is written again, and is attempted after its lease', async () => {
    const pool = poolOf(database);
    const query = pool.query.bind(pool);
    const one = instance(() => done);
    const unanswered = async (...given: Parameters<typeof query>): Promise<never> => {
      await query(...given);
      throw gone;
    };
    Object.assign(pool, { query: unanswered });
    const submitted = one.outbox.submit([newEffect('a')]);
    await clock.untilWaiting();
    Object.assign(pool, { query });
    await clock.advance(50);

    expect(await submitted).toMatchObject([{ kind: 'accepted', effect: { key: 'a' } }]);
    expect(one.outbox.depth()).toBe(1);
    await one.advance(LEASE);
    await until(() => one.concluded.length > 0);
    expect(one.attempted).toMatchObject([{ key: 'a', interrupted: true }]);
  });

  it('what is more than an instance can have under way stays in the database until there is room', async () => {
    let finish: (outcome: Outcome) => void = () => undefined;
    const one = instance(() => new Promise((resolve) => (finish = resolve)), { 'outbox.sql.inFlight': 1 });
    await one.outbox.submit([newEffect('a')]);
    await one.outbox.submit([newEffect('b')]);
    await one.outbox.takeOver();
    expect(one.attempted.map(({ key }) => key)).toEqual(['a']);
    expect(one.outbox.depth()).toBe(2);

    finish(done);
    await until(async () => {
      await clock.advance(10);
      return one.attempted.length === 2;
    });
    expect(one.attempted[1]).toMatchObject({ key: 'b' });
    expect(one.attempted[1]).not.toHaveProperty('interrupted');
  });

  it('at shutdown hands back what did not end in time, and says that its attempt may have arrived', async () => {
    const [one, other] = [instance(never, { 'shutdown.timeoutMs': 20_000 }), instance(() => done)];
    await one.outbox.submit([newEffect('a'), newEffect('b', { notBefore: clock.now() + 100_000 })]);
    const down = one.shutdown.beforeApplicationShutdown();
    // Its share of the time, and no more: a step that is left behind as late would still be handing back.
    await clock.advance(14_000);
    await down;

    await other.outbox.takeOver();
    await until(() => other.attempted.length > 0);
    expect(other.attempted).toMatchObject([{ key: 'a', interrupted: true }]);
  });
});

describe('the many of one destination', () => {
  it('do not hide those of another, in memory or in the database', async () => {
    const hung = { payload: { to: { name: 'hung', concurrency: 1 } } };
    const one = instance(({ key }) => (key.startsWith('hung') ? never() : done));
    const many = Array.from({ length: 300 }, (_, i) => newEffect(`hung ${i}`, hung));
    await one.outbox.submit(many.slice(0, 50));
    await one.outbox.submit(many.slice(50));
    // The lane was full by then.
    expect(await database.source.query(`SELECT count(*)::int AS n FROM effects WHERE leased_by IS NULL`)).toEqual([
      { n: 250 },
    ]);

    await one.outbox.submit([newEffect('free', { payload: { to: { name: 'free' } } })]);
    await until(() => one.concluded.length === 1);
    expect(one.concluded).toMatchObject([{ key: 'free' }]);

    const other = instance(() => done);
    await database.source.query(`UPDATE effects SET leased_by = NULL, leased_until = 1 WHERE state = 'pending'`);
    await database.source
      .query(`INSERT INTO effects SELECT 'Z', kind, 'late', payload, bytes, 'test/late', identity, cause,
      state, suppressed_by, attempts, created_at, not_before, next_attempt_at, finished_at, last_error, result, discarded,
      NULL, 2, false FROM effects WHERE state = 'pending' LIMIT 1`);
    await other.outbox.takeOver();
    await until(() => other.concluded.some(({ key }) => key === 'late'));
  });

  it('are taken over, all of them, as their destination gets through', async () => {
    const slow = { payload: { to: { name: 'slow', concurrency: 2 } } };
    const one = instance(() => done, { 'outbox.sql.inFlight': 30 });
    await one.outbox.submit(Array.from({ length: 400 }, (_, i) => newEffect(`${i}`, slow)));

    await until(async () => {
      await clock.advance(10);
      return one.concluded.length === 400;
    });
    expect(one.outbox.depth()).toBe(0);
  });
});

describe('a payload', () => {
  it('that is too large is dead at once and not kept', async () => {
    const one = instance(() => done, { 'outbox.sql.maxPayloadSize': 100 });
    await one.outbox.submit([newEffect('a', { payload: 'x'.repeat(200) })]);

    expect(one.attempted).toEqual([]);
    expect(one.concluded).toMatchObject([{ state: 'dead' }]);
    expect(await one.outbox.latest(1)).toMatchObject([{ state: 'dead', payload: null }]);
  });
});

describe('retention', () => {
  it('forgets what ended long enough ago, dead effects later, and never what is pending', async () => {
    const outcomes: Outcome[] = [done, { kind: 'dead', error: 'no' }, { kind: 'retry', error: 'busy', afterMs: 1e12 }];
    const one = instance(() => outcomes.shift() ?? done);
    for (const key of ['done', 'dead', 'pending']) await one.outbox.perform(newEffect(key));
    const day = 86_400_000;
    const left = async (): Promise<string[]> => (await one.outbox.latest(10)).map(({ key }) => key);

    await clock.advance(7 * day);
    await one.runJob('outbox.retention');
    expect(await left()).toEqual(['pending', 'dead', 'done']);
    await clock.advance(1);
    await one.runJob('outbox.retention');
    expect(await left()).toEqual(['pending', 'dead']);
    await clock.advance(23 * day);
    await one.runJob('outbox.retention');
    expect(await left()).toEqual(['pending']);
  });

  it('keeps a ledger of starts for 35 days, without what they carried after 7', async () => {
    const one = instance(() => done);
    await one.outbox.perform(newEffect('start', { kind: 'ledger' }));
    const day = 86_400_000;
    const left = async (): Promise<unknown[]> =>
      (await one.outbox.latest(10)).map(({ state, payload }) => [state, payload]);

    await clock.advance(7 * day);
    await one.runJob('outbox.retention');
    expect(await left()).toEqual([['done', { n: 1 }]]);
    await clock.advance(1);
    await one.runJob('outbox.retention');
    expect(await left()).toEqual([['done', null]]);
    expect(await one.outbox.submit([newEffect('start', { kind: 'ledger' })])).toMatchObject([{ kind: 'duplicate' }]);
    await clock.advance(28 * day - 1);
    await one.runJob('outbox.retention');
    expect(await left()).toHaveLength(1);
    await clock.advance(1);
    await one.runJob('outbox.retention');
    expect(await left()).toEqual([]);
  });
});

describe("a room's own transaction", () => {
  it('brings its effects with it or not at all, and they are attempted after it', async () => {
    const { outbox, attempted } = instance(() => done);
    const failing = database.source.transaction(async (manager) => {
      await outbox.write(manager, [newEffect('rolled back')]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');

    const written = await database.source.transaction((manager) =>
      outbox.write(manager, [newEffect('kept'), newEffect('kept')]),
    );
    expect(attempted).toEqual([]);
    outbox.adopt(written);

    expect(written.map(({ kind }) => kind)).toEqual(['accepted', 'duplicate']);
    await until(() => attempted.length > 0);
    expect(attempted.map(({ key }) => key)).toEqual(['kept']);
    expect((await outbox.latest(5)).map(({ key }) => key)).toEqual(['kept']);
  });
});
