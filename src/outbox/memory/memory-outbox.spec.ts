import { Gauge } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Shutdown } from '../../platform/lifecycle/index.js';
import type { EffectAttempts } from '../effect-attempt.js';
import type { Effect, NewEffect, Outcome } from '../effect.js';
import { MemoryOutbox } from './memory-outbox.js';

function outboxWith(script: (effect: Effect) => Outcome | Promise<Outcome>, settings: Record<string, unknown> = {}) {
  const clock = new ManualClock();
  const attempted: Effect[] = [];
  const concluded: Effect[] = [];
  const attempts = {
    attempt: async (effect: Effect) => {
      attempted.push(effect);
      return script(effect);
    },
    conclude: (effect: Effect) => concluded.push(effect),
  } as unknown as EffectAttempts;
  const shutdown = new Shutdown();
  const depth = new Gauge({ name: 'depth', help: 'depth', registers: [] });
  const outbox = new MemoryOutbox(attempts, clock, new TestSettings(settings), shutdown, depth);
  outbox.onModuleInit();
  return { outbox, clock, attempted, concluded, shutdown };
}

const effect = (key: string, more: Partial<NewEffect> = {}): NewEffect => ({
  kind: 'test',
  key,
  payload: { n: 1 },
  identity: { headers: {} },
  cause: { inboxId: 'I' },
  ...more,
});

const done: Outcome = { kind: 'done' };

describe('the outbox in memory', () => {
  it('attempts an effect at once and concludes it', async () => {
    const { outbox, clock, concluded } = outboxWith(() => done);

    const [submission] = await outbox.submit([effect('a')]);
    expect(submission?.kind).toBe('accepted');
    await clock.advance(0);

    expect(concluded).toMatchObject([{ key: 'a', state: 'done', attempts: 1 }]);
    expect(outbox.depth()).toBe(0);
  });

  it('does an effect with a known kind and key only once, under way or finished', async () => {
    const { outbox, clock, attempted } = outboxWith(() => done);

    const first = await outbox.submit([effect('a'), effect('a')]);
    await clock.advance(0);
    const later = await outbox.submit([effect('a'), effect('a', { kind: 'other' })]);
    await clock.advance(0);

    expect(first.map(({ kind }) => kind)).toEqual(['accepted', 'duplicate']);
    expect(later.map(({ kind }) => kind)).toEqual(['duplicate', 'accepted']);
    expect(attempted).toHaveLength(2);
  });

  it('tries again after the given time with the changed payload', async () => {
    const outcomes: Outcome[] = [{ kind: 'retry', afterMs: 5000, error: 'busy', payload: { n: 2 } }, done];
    const { outbox, clock, attempted, concluded } = outboxWith(() => outcomes.shift() ?? done);

    await outbox.submit([effect('a')]);
    await clock.advance(4999);
    expect(attempted).toHaveLength(1);
    expect(outbox.depth()).toBe(1);
    await clock.advance(1);

    expect(attempted[1]).toMatchObject({ attempts: 2, payload: { n: 2 }, lastError: 'busy' });
    expect(concluded).toMatchObject([{ state: 'done' }]);
  });

  it('keeps a dead effect with its error', async () => {
    const { outbox, clock } = outboxWith(() => ({ kind: 'dead', error: 'never' }));

    await outbox.submit([effect('a')]);
    await clock.advance(0);

    expect(await outbox.latest(10)).toMatchObject([{ key: 'a', state: 'dead', lastError: 'never' }]);
  });

  it('makes the first attempt at the instant that was asked for', async () => {
    const { outbox, clock, attempted } = outboxWith(() => done);

    await outbox.submit([effect('a', { notBefore: clock.now() + 1000 })]);
    await clock.advance(999);
    expect(attempted).toEqual([]);
    await clock.advance(1);

    expect(attempted).toMatchObject([{ key: 'a', attempts: 1 }]);
  });

  it('answers a caller who waits with what became of the first attempt', async () => {
    const outcomes: Outcome[] = [
      { kind: 'done', result: { id: 7 } },
      { kind: 'retry', afterMs: 5, error: 'busy' },
    ];
    const { outbox } = outboxWith(() => outcomes.shift() ?? done);

    const [first, again, second] = [
      await outbox.perform(effect('a')),
      await outbox.perform(effect('a')),
      await outbox.perform(effect('b')),
    ];

    expect(first).toMatchObject({ kind: 'accepted', effect: { state: 'done', result: { id: 7 } } });
    expect(again).toMatchObject({ kind: 'duplicate', effect: { state: 'done', result: { id: 7 } } });
    expect(second).toMatchObject({ kind: 'accepted', effect: { state: 'pending', lastError: 'busy' } });
  });

  it('records a suppressed effect and never attempts it', async () => {
    const { outbox, clock, attempted } = outboxWith(() => done);

    await outbox.submit([effect('a', { suppressedBy: 'orca.enabled is false' })]);
    await clock.advance(60_000);

    expect(attempted).toEqual([]);
    expect(await outbox.latest(10)).toMatchObject([{ state: 'suppressed', suppressedBy: 'orca.enabled is false' }]);
  });

  it('remembers the latest finished effects only', async () => {
    const { outbox, clock } = outboxWith(() => done, { 'outbox.memory.remembered': 2 });

    for (const key of ['a', 'b', 'c']) {
      await outbox.submit([effect(key)]);
      await clock.advance(1);
    }

    expect((await outbox.latest(10)).map(({ key }) => key)).toEqual(['c', 'b']);
    expect((await outbox.submit([effect('a')]))[0]?.kind).toBe('accepted');
  });

  it('waits at shutdown for the attempts under way', async () => {
    let finish: (outcome: Outcome) => void = () => undefined;
    const { outbox, clock, shutdown, concluded } = outboxWith(() => new Promise((resolve) => (finish = resolve)));
    await outbox.submit([effect('a')]);
    await clock.advance(0);

    const down = shutdown.beforeApplicationShutdown();
    await clock.advance(1);
    expect(concluded).toEqual([]);
    finish(done);
    await down;

    expect(concluded).toMatchObject([{ state: 'done' }]);
  });

  it('shows its depth', async () => {
    const { outbox } = outboxWith(() => new Promise(() => undefined));
    await outbox.submit([effect('a'), effect('b')]);
    expect(outbox.depth()).toBe(2);
  });
});
