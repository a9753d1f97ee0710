import { beforeEach, describe, expect, it } from 'vitest';
import type { Effect, NewEffect, Submission } from '../../src/outbox/index.js';
import type { PreparedStart } from '../../src/pipelines/index.js';
import type { DueTrigger, TriggerStore, Turn } from '../../src/scheduler/trigger-store.js';
import type { CronTrigger, SlotLedger, SlotRecord } from '../../src/slots/index.js';

/** A store as one instance has it, with the starts that it wrote into the outbox. */
export interface StoreUnderTest {
  readonly store: TriggerStore;
  readonly started: () => Promise<readonly string[]>;
  readonly ledger: SlotLedger;
}

export const trigger = (key: string, more: Partial<CronTrigger> = {}): CronTrigger => ({
  key,
  group: 'pipeline',
  id: key,
  application: 'app',
  pipelineId: 'P',
  cronExpression: '0 0 12 * * ?',
  expression: '0 0 12 * * ?',
  timeZone: 'UTC',
  rebake: false,
  ...more,
});

/** An effect as a start has it. */
export const effectWith = (key: string): NewEffect => ({
  kind: 'start',
  key,
  payload: {},
  identity: { headers: {} },
  cause: {},
});

/** What an outbox answers that has these effects for the first time. */
export const accepted = (effects: readonly NewEffect[]): Submission[] =>
  effects.map((effect) => ({ kind: 'accepted', effect: effect as Effect }));

/** What the ledger keeps of it. */
export const recordOf = ({ trigger: { key, id, application, pipelineId }, nextSlot }: DueTrigger): SlotRecord => ({
  triggerKey: key,
  slot: nextSlot,
  triggerId: id,
  application,
  pipelineId,
  outcome: 'fired',
  reachedAt: nextSlot,
});

/** One start per turn, named after its slot; the trigger is due again after `stepMs`. */
export const stepping =
  (stepMs: number) =>
  (due: readonly DueTrigger[]): Promise<Turn[]> =>
    Promise.resolve(
      due.map((one) => ({
        due: one,
        nextSlot: one.nextSlot + stepMs,
        starts: [{ effect: effectWith(`${one.trigger.key}@${one.nextSlot}`) } as unknown as PreparedStart],
        records: [recordOf(one)],
      })),
    );

/** A trigger with all that a trigger may have, and each of it otherwise. */
const whole: Required<CronTrigger> = {
  ...trigger('a'),
  cronExpression: 'H 0 12 * * ?',
  runAsUser: 'svc',
  parameters: { env: 'prod', none: null, list: [1, 'x'] },
  overlapPolicy: 'skip',
  catchUpWindowMs: 3_600_000,
  jitterMs: 30_000,
};
const otherwise: Omit<Required<CronTrigger>, 'key' | 'group' | 'id'> = {
  application: 'other',
  pipelineId: 'Q',
  cronExpression: '0 0 H * * ?',
  expression: '0 0 13 * * ?',
  timeZone: 'GMT',
  rebake: true,
  runAsUser: 'other',
  parameters: { env: 'test' },
  overlapPolicy: 'allow',
  catchUpWindowMs: 0,
  jitterMs: 1,
};

/** What every implementation of the port holds. `make` gives further stores over the same triggers. */
export function triggerStoreContract(make: () => Promise<StoreUnderTest>): void {
  let store: TriggerStore;
  let started: StoreUnderTest['started'];
  let ledger: SlotLedger;
  beforeEach(async () => void ({ store, started, ledger } = await make()));

  const nextSlots = async (): Promise<Record<string, number | undefined>> =>
    Object.fromEntries((await store.list('pipeline')).map(({ trigger: { key }, nextSlot }) => [key, nextSlot]));

  describe('a sync', () => {
    it('adds, changes and removes, and counts only differences', async () => {
      expect(await store.sync([trigger('a'), trigger('b')], () => 100)).toEqual({
        total: 2,
        added: 2,
        updated: 0,
        removed: 0,
      });
      expect(await store.sync([trigger('a', { rebake: true }), trigger('c')], () => 100)).toEqual({
        total: 2,
        added: 1,
        updated: 1,
        removed: 1,
      });
      expect(await store.sync([trigger('a', { rebake: true }), trigger('c')], () => 100)).toEqual({
        total: 2,
        added: 0,
        updated: 0,
        removed: 0,
      });
      expect((await store.list('pipeline')).map(({ trigger: one }) => [one.key, one.rebake])).toEqual([
        ['a', true],
        ['c', false],
      ]);
    });

    it('keeps all of a trigger', async () => {
      await store.sync([whole], () => 100);
      expect(await store.list('pipeline')).toEqual([{ trigger: whole, nextSlot: 100 }]);
      const [taken] = await store.claim(100, 1, stepping(1000));
      expect(taken?.turn.due.trigger).toEqual(whole);
    });

    it.each(Object.entries(otherwise))('takes over another %s', async (member, value) => {
      await store.sync([whole], () => 100);
      const changed = { ...whole, [member]: value };

      expect(await store.sync([changed], () => 100)).toMatchObject({ updated: 1 });
      expect((await store.list('pipeline')).map(({ trigger: one }) => one)).toEqual([changed]);
    });

    it('leaves the next slot alone unless the times have changed', async () => {
      await store.sync([trigger('a'), trigger('b'), trigger('c')], () => 100);
      await store.sync(
        [
          trigger('a', { rebake: true }),
          trigger('b', { expression: '0 0 13 * * ?' }),
          trigger('c', { timeZone: 'GMT' }),
        ],
        () => 200,
      );
      expect(await nextSlots()).toEqual({ a: 100, b: 200, c: 200 });
    });

    it('does not touch what was made by hand', async () => {
      await store.add(trigger('user:x', { group: 'user', id: 'x' }), 100);
      await store.sync([], () => 100);
      expect(await store.list('user')).toHaveLength(1);
    });

    it('keeps a trigger that is never due, and does not claim it', async () => {
      await store.sync([trigger('a')], () => undefined);
      expect(await nextSlots()).toEqual({ a: undefined });
      expect(await store.nextSlot()).toBeUndefined();
      expect(await store.claim(1e12, 10, stepping(1000))).toEqual([]);
    });
  });

  describe('a trigger made by hand', () => {
    const made = trigger('user:x', { group: 'user', id: 'x' });

    it('is added once, and removed once', async () => {
      expect(await store.add(made, 100)).toBe('added');
      expect(await store.add({ ...made, rebake: true }, 200)).toBe('known');
      expect(await store.list('user')).toEqual([{ trigger: made, nextSlot: 100 }]);
      expect(await store.find('user:x')).toEqual({ trigger: made, nextSlot: 100 });
      expect(await store.remove('user:x')).toEqual(made);
      expect(await store.find('user:x')).toBeUndefined();
      expect(await store.remove('user:x')).toBeUndefined();
    });
  });

  describe('a claim', () => {
    it('takes what is due, the earliest first, and moves it on with its start written', async () => {
      await store.sync([trigger('late'), trigger('early'), trigger('not yet')], ({ key }) =>
        key === 'late' ? 2000 : key === 'early' ? 1000 : 9000,
      );

      const taken = await store.claim(5000, 10, stepping(10_000));

      expect(taken.map(({ turn }) => turn.due.trigger.key)).toEqual(['early', 'late']);
      expect(taken.map(({ submissions }) => submissions.map(({ kind }) => kind))).toEqual([['accepted'], ['accepted']]);
      expect(await nextSlots()).toEqual({ early: 11_000, late: 12_000, 'not yet': 9000 });
      expect([...(await started())].sort()).toEqual(['early@1000', 'late@2000']);
      expect(await store.nextSlot()).toBe(9000);
      expect((await ledger.within({ from: 0, to: 9000 })).map(({ triggerKey, slot }) => [triggerKey, slot])).toEqual([
        ['early', 1000],
        ['late', 2000],
      ]);
    });

    it('takes no more than the limit', async () => {
      await store.sync([trigger('a'), trigger('b'), trigger('c')], () => 1000);
      expect(await store.claim(5000, 2, stepping(10_000))).toHaveLength(2);
      expect(await store.claim(5000, 2, stepping(10_000))).toHaveLength(1);
      expect(await store.claim(5000, 2, stepping(10_000))).toHaveLength(0);
    });

    it('leaves everything as it was when the plan fails', async () => {
      await store.sync([trigger('a')], () => 1000);
      await expect(store.claim(5000, 10, () => Promise.reject(new Error('no plan')))).rejects.toThrow('no plan');
      expect(await nextSlots()).toEqual({ a: 1000 });
      expect(await store.claim(5000, 10, stepping(10_000))).toHaveLength(1);
      expect(await started()).toEqual(['a@1000']);
    });

    it('leaves what the plan leaves out as it was', async () => {
      await store.sync([trigger('a'), trigger('b')], () => 1000);
      await store.claim(5000, 10, (due) => stepping(10_000)(due.filter(({ trigger: { key } }) => key === 'a')));
      expect(await nextSlots()).toEqual({ a: 11_000, b: 1000 });
      expect((await store.claim(5000, 10, stepping(10_000))).map(({ turn }) => turn.due.trigger.key)).toEqual(['b']);
    });

    it('takes a trigger with no further slot for the last time', async () => {
      await store.sync([trigger('a')], () => 1000);
      await store.claim(5000, 10, (due) =>
        Promise.resolve(due.map((one) => ({ due: one, nextSlot: undefined, starts: [], records: [] }))),
      );
      expect(await store.claim(1e12, 10, stepping(1000))).toEqual([]);
      expect(await store.nextSlot()).toBeUndefined();
    });

    it('does not undo what a sync changed while the turn was planned', async () => {
      await store.sync([trigger('a')], () => 1000);
      await store.claim(5000, 10, (due) => stepping(10_000)(due));
      await store.sync([trigger('a', { expression: '0 0 13 * * ?' })], () => 3000);
      expect(await nextSlots()).toEqual({ a: 3000 });
    });
  });

  it('tells of triggers that may be due earlier than was known', async () => {
    let told = 0;
    const heard = new Promise<void>((resolve) => store.onChange(() => resolve(void told++)));
    await store.sync([trigger('a')], () => 1000);
    await heard;
    expect(told).toBeGreaterThan(0);
  });
}
