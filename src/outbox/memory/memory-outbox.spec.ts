import { describe, expect, it } from 'vitest';
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
});
