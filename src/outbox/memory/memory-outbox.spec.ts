import { describe, expect, it } from 'vitest';
import { until } from '../../../test/support/until.js';
import { Pressure } from '../../events/index.js';
import type { Outcome } from '../effect.js';
import { memoryOutbox, newEffect } from '../../../test/contract/outbox-twins.js';

// What both outboxes do is in test/contract/outbox.spec.ts.
describe('the outbox in memory', () => {
  it('remembers the latest finished effects only', async () => {
    const { outbox, clock } = memoryOutbox(() => ({ kind: 'done' }), { 'outbox.memory.remembered': 2 });

    for (const key of ['a', 'b', 'c']) {
      await outbox.submit([newEffect(key)]);
      await clock.advance(1);
    }

    expect((await outbox.latest(10)).map(({ key }) => key)).toEqual(['c', 'b']);
    expect((await outbox.submit([newEffect('a')]))[0]?.kind).toBe('accepted');
  });

  it('loses at shutdown what waits for a retry, and says so by its depth alone', async () => {
    const { outbox, shutdown, attempted, clock } = memoryOutbox(() => ({ kind: 'retry', error: 'busy', afterMs: 9 }));
    await outbox.perform(newEffect('a'));

    await shutdown.beforeApplicationShutdown();
    await clock.advance(10);

    expect(attempted).toHaveLength(1);
  });

  it('says when it is full, so that the inbox refuses, and when it is not any more', async () => {
    const pressure = new Pressure();
    let finish: (outcome: Outcome) => void = () => undefined;
    const pending = new Promise<Outcome>((resolve) => (finish = resolve));
    const { outbox, concluded } = memoryOutbox(() => pending, { 'outbox.memory.capacity': 1 }, undefined, pressure);
    expect(pressure.full()).toBeUndefined();
    await outbox.submit([newEffect('a')]);
    expect(pressure.full()).toBe('The outbox is full (1 effects unfinished)');

    finish({ kind: 'done' });
    await until(() => concluded.length > 0);
    expect(pressure.full()).toBeUndefined();
  });
});
