import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EffectFilter } from '../../src/outbox/effect-filter.js';
import type { Outcome } from '../../src/outbox/index.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { type OutboxUnderTest, type Script, memoryOutbox, newEffect, sqlOutbox } from './outbox-twins.js';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => void (await database.source.query('TRUNCATE effects')));

const done: Outcome = { kind: 'done' };
const twins: { name: string; make: (script: Script) => OutboxUnderTest }[] = [
  { name: 'in memory', make: (script) => memoryOutbox(script) },
  { name: 'in PostgreSQL', make: (script) => sqlOutbox(database.source, script) },
];

describe.each(twins)('the outbox $name', ({ make }) => {
  it('attempts an effect at once and concludes it', async () => {
    const { outbox, concluded } = make(() => done);

    const [submission] = await outbox.submit([newEffect('a')]);
    expect(submission).toMatchObject({ kind: 'accepted', effect: { state: 'pending', attempts: 0 } });

    await until(() => concluded.length > 0);
    expect(concluded).toMatchObject([{ key: 'a', state: 'done', attempts: 1 }]);
    expect(outbox.depth()).toBe(0);
  });

  it('does an effect with a known kind and key only once, under way or finished', async () => {
    const { outbox, concluded, attempted } = make(() => done);

    const first = await outbox.submit([newEffect('a'), newEffect('a')]);
    await until(() => concluded.length === 1);
    const later = await outbox.submit([newEffect('a'), newEffect('b')]);
    await until(() => concluded.length === 2);

    expect(first.map(({ kind }) => kind)).toEqual(['accepted', 'duplicate']);
    expect(later).toMatchObject([{ kind: 'duplicate', effect: { state: 'done' } }, { kind: 'accepted' }]);
    expect(attempted).toHaveLength(2);
  });

  it('gives ids that sort in the order of writing, within a millisecond too', async () => {
    const { outbox } = make(() => done);
    const keys = Array.from({ length: 50 }, (_, i) => String(i));

    const ids: string[] = [];
    for (const key of keys) for (const { effect } of await outbox.submit([newEffect(key)])) ids.push(effect.id);

    expect(ids).toEqual([...ids].sort());
  });

  it('tries again after the given time with the changed payload', async () => {
    const outcomes: Outcome[] = [{ kind: 'retry', afterMs: 5000, error: 'busy', payload: { n: 2 } }, done];
    const { outbox, advance, attempted, concluded } = make(() => outcomes.shift() ?? done);

    await outbox.perform(newEffect('a'));
    await advance(4999);
    expect(attempted).toHaveLength(1);
    expect(outbox.depth()).toBe(1);
    await advance(11);
    await until(() => concluded.length > 0);

    expect(attempted[1]).toMatchObject({ attempts: 2, payload: { n: 2 }, lastError: 'busy' });
    expect(concluded).toMatchObject([{ state: 'done' }]);
    expect(concluded[0]).not.toHaveProperty('lastError');
  });

  it('keeps a dead effect with its error', async () => {
    const { outbox, concluded } = make(() => ({ kind: 'dead', error: 'never' }));

    await outbox.submit([newEffect('a')]);
    await until(() => concluded.length > 0);

    expect(await outbox.latest(10)).toMatchObject([{ key: 'a', state: 'dead', lastError: 'never' }]);
  });

  it('makes the first attempt at the instant that was asked for', async () => {
    const { outbox, clock, advance, attempted } = make(() => done);

    await outbox.submit([newEffect('a', { notBefore: clock.now() + 1000 })]);
    await advance(999);
    expect(attempted).toEqual([]);
    await advance(1);

    expect(attempted).toMatchObject([{ key: 'a', attempts: 1 }]);
  });

  it('has what waits for its instant made ready before, and nothing that goes at once', async () => {
    const { outbox, clock, prepared, attempted } = make(() => done);

    await outbox.submit([newEffect('later', { notBefore: clock.now() + 1000 }), newEffect('now')]);
    await until(() => attempted.length === 1);

    expect(prepared.map(({ key }) => key)).toEqual(['later']);
  });

  it('answers a caller who waits with what became of the first attempt', async () => {
    const outcomes: Outcome[] = [
      { kind: 'done', result: { id: 7 } },
      { kind: 'retry', afterMs: 5, error: 'busy' },
    ];
    const { outbox } = make(() => outcomes.shift() ?? done);

    expect(await outbox.perform(newEffect('a'))).toMatchObject({
      kind: 'accepted',
      effect: { state: 'done', result: { id: 7 } },
    });
    expect(await outbox.perform(newEffect('a'))).toMatchObject({
      kind: 'duplicate',
      effect: { state: 'done', result: { id: 7 } },
    });
    expect(await outbox.perform(newEffect('b'))).toMatchObject({
      kind: 'accepted',
      effect: { state: 'pending', lastError: 'busy' },
    });
  });

  it('records a suppressed effect and never attempts it', async () => {
    const { outbox, advance, attempted } = make(() => done);

    await outbox.submit([newEffect('a', { suppressedBy: 'orca.enabled is false' })]);
    await advance(60_000);

    expect(attempted).toEqual([]);
    expect(await outbox.latest(10)).toMatchObject([{ state: 'suppressed', suppressedBy: 'orca.enabled is false' }]);
  });

  it('waits at shutdown for the attempts under way', async () => {
    let finish: (outcome: Outcome) => void = () => undefined;
    const { outbox, clock, shutdown, attempted, concluded } = make(() => new Promise((resolve) => (finish = resolve)));
    await outbox.submit([newEffect('a')]);
    await until(() => attempted.length > 0);

    const down = shutdown.beforeApplicationShutdown();
    await clock.advance(1);
    expect(concluded).toEqual([]);
    finish(done);
    await down;

    expect(concluded).toMatchObject([{ state: 'done' }]);
  });

  it('keeps what people write as it is: numbers, the order of members, any character', async () => {
    const { outbox, concluded } = make(() => done);
    const payload = { b: 1, a: 'x\0y \u{1F680}', 7: [null, 1e21] };

    await outbox.submit([newEffect('k\0ey', { payload, cause: { eventId: 'e\0' } })]);
    await until(() => concluded.length > 0);

    const [kept] = await outbox.latest(1);
    expect(JSON.stringify(kept?.payload)).toBe(JSON.stringify(payload));
  });

  it('is dead at once when nothing performs its kind', async () => {
    const { outbox, concluded } = make(() => done);
    await outbox.submit([newEffect('a', { kind: 'unheard of' })]);
    await until(() => concluded.length > 0);
    expect(concluded).toMatchObject([{ state: 'dead', attempts: 1 }]);
  });

  it('makes no more attempts at once to a destination than it bears, and those to others meanwhile', async () => {
    const ends: (() => void)[] = [];
    const { outbox, attempted, advance } = make(() => new Promise((resolve) => ends.push(() => resolve(done))));
    const slow = { payload: { to: { name: 'slow', concurrency: 1 } } };
    await outbox.submit([
      newEffect('a', slow),
      newEffect('b', slow),
      newEffect('c', { payload: { to: { name: 'fast' } } }),
    ]);
    await until(() => attempted.length === 2);
    expect(attempted.map(({ key }) => key)).toEqual(['a', 'c']);

    ends.shift()?.();
    await until(async () => {
      await advance(10);
      return attempted.length === 3;
    });
    expect(attempted[2]).toMatchObject({ key: 'b', attempts: 1 });
  });

  it('is busy with a kind while twenty effects wait for each place on the way to a destination', async () => {
    const ends: (() => void)[] = [];
    const { outbox, attempted } = make(() => new Promise((resolve) => ends.push(() => resolve(done))));
    const narrow = { payload: { to: { name: 'narrow', concurrency: 1 } } };
    await outbox.submit(Array.from({ length: 20 }, (_, i) => newEffect(`early ${i}`, narrow)));
    await until(() => attempted.length === 1);
    expect(outbox.isBusy('test')).toBe(false);

    await outbox.submit([newEffect('one more', narrow)]);
    await until(() => outbox.isBusy('test'));
    expect(outbox.isBusy('other')).toBe(false);
    ends.shift()?.();
    await until(() => !outbox.isBusy('test'));
  });

  it('leaves a destination in peace that has failed too often, without counting attempts', async () => {
    const outcomes: Outcome[] = [{ kind: 'retry', error: 'down', afterMs: 1000 }];
    const { outbox, attempted, advance, concluded } = make(() => outcomes.shift() ?? done);
    const fragile = { payload: { to: { name: 'f', breaker: { failures: 1, restMs: 60_000 } } } };
    await outbox.perform(newEffect('a', fragile));

    await outbox.submit([newEffect('b', fragile)]);
    await advance(59_000);
    expect(attempted).toHaveLength(1);

    await until(async () => {
      await advance(1000);
      return concluded.length === 2;
    });
    expect(
      attempted
        .slice(1)
        .map(({ key, attempts }) => [key, attempts])
        .toSorted(),
    ).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });

  it('a caller who waits is not put off by a rest', async () => {
    const outcomes: Outcome[] = [{ kind: 'retry', error: 'down', afterMs: 1000 }];
    const { outbox } = make(() => outcomes.shift() ?? done);
    const fragile = { payload: { to: { name: 'f', breaker: { failures: 1, restMs: 60_000 } } } };
    await outbox.perform(newEffect('a', fragile));

    expect(await outbox.perform(newEffect('b', fragile))).toMatchObject({ effect: { state: 'done' } });
  });

  it('lists effects newest first, by what they are and when they were written', async () => {
    const { outbox, clock } = make(({ key }) => (key === 'bad' ? { kind: 'dead', error: 'no' } : done));
    const began = clock.now();
    await outbox.perform(newEffect('good'));
    await clock.advance(1000);
    await outbox.perform(newEffect('bad', { cause: { inboxId: 'J' } }));
    const keysOf = async (filter: EffectFilter, limit = 10): Promise<string[]> =>
      (await outbox.list(filter, limit)).map(({ key }) => key);

    expect(await keysOf({})).toEqual(['bad', 'good']);
    expect(await keysOf({}, 1)).toEqual(['bad']);
    expect(await keysOf({ state: 'done' })).toEqual(['good']);
    expect(await keysOf({ inboxId: 'J' })).toEqual(['bad']);
    expect(await keysOf({ kind: 'other' })).toEqual([]);
    expect(await keysOf({ to: began })).toEqual(['good']);
    expect(await keysOf({ from: began + 1 })).toEqual(['bad']);
    const [newest] = await outbox.list({}, 1);
    expect(await keysOf({ before: newest?.id ?? '' })).toEqual(['good']);
    expect(await outbox.idsOf({}, 1)).toEqual([newest?.id]);
    expect(await outbox.find(newest?.id ?? '')).toMatchObject({ key: 'bad', payload: { n: 1 } });
  });

  it('begins anew with a dead effect, and with no other', async () => {
    const outcomes: Outcome[] = [{ kind: 'dead', error: 'no' }, done];
    const { outbox, advance, attempted, concluded } = make(() => outcomes.shift() ?? done);
    await outbox.perform(newEffect('a'));
    const [dead] = await outbox.list({ state: 'dead' }, 10);

    expect(await outbox.redrive([dead?.id ?? '', 'unknown'], 'ann')).toBe(1);
    await until(async () => {
      await advance(10);
      return concluded.length === 2;
    });
    expect(attempted[1]).toMatchObject({ id: dead?.id, attempts: 1, lastError: 'no' });
    expect(await outbox.list({}, 10)).toMatchObject([
      { state: 'done', attempts: 1, handled: { did: 'redriven', by: 'ann' } },
    ]);
    expect(await outbox.redrive([dead?.id ?? ''], 'ann')).toBe(0);
  });

  it('puts dead effects aside with a reason, for good', async () => {
    const { outbox } = make(() => ({ kind: 'dead', error: 'no' }));
    await outbox.perform(newEffect('a'));
    const [dead] = await outbox.list({ state: 'dead', discarded: false }, 10);

    expect(await outbox.discard([dead?.id ?? ''], 'the endpoint is gone', 'ann')).toBe(1);

    expect(await outbox.list({ state: 'dead', discarded: false }, 10)).toEqual([]);
    expect(await outbox.list({ state: 'dead' }, 10)).toMatchObject([
      { discarded: 'the endpoint is gone', handled: { did: 'discarded', by: 'ann' } },
    ]);
    expect(await outbox.redrive([dead?.id ?? ''], 'ann')).toBe(0);
  });
});
