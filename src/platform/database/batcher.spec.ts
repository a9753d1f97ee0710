import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Batcher, type Rounds } from './batcher.js';

/** A batcher that doubles numbers, and the rounds it was asked for. */
function doubling(options: Rounds): { batcher: Batcher<number, number>; rounds: number[][] } {
  const rounds: number[][] = [];
  const perform = (items: readonly number[]): Promise<number[]> => {
    rounds.push([...items]);
    return Promise.resolve(items.map((item) => item * 2));
  };
  return { batcher: new Batcher(perform, options), rounds };
}

describe('a batcher', () => {
  it('joins what comes at once, and answers each caller for itself', async () => {
    const { batcher, rounds } = doubling({ atOnce: 1, most: 2 });

    expect(await Promise.all([1, 2, 3].map((item) => batcher.add(item)))).toEqual([2, 4, 6]);
    expect(rounds).toEqual([[1, 2], [3]]);
  });

  it('has as many rounds under way as it may, and counts who waits', async () => {
    const begun: (() => void)[] = [];
    const perform = (): Promise<undefined[]> => new Promise((resolve) => begun.push(() => resolve([undefined])));
    const batcher = new Batcher<number, undefined>(perform, { atOnce: 2, most: 1 });
    const all = Promise.all([1, 2, 3].map((item) => batcher.add(item)));

    await vi.waitFor(() => expect(begun).toHaveLength(2));
    expect(batcher.size).toBe(3);
    begun[0]?.();
    await vi.waitFor(() => expect(begun).toHaveLength(3));
    expect(batcher.size).toBe(2);
    begun.forEach((end) => end());
    await all;
    await vi.waitFor(() => expect(batcher.size).toBe(0));
  });

  it('refuses a round that failed and goes on with the next', async () => {
    const perform = (items: readonly string[]): Promise<string[]> =>
      items.includes('bad') ? Promise.reject(new Error('gone')) : Promise.resolve([...items]);
    const batcher = new Batcher<string, string>(perform, { atOnce: 1, most: 10 });

    await expect(batcher.add('bad')).rejects.toThrow('gone');
    expect(await batcher.add('good')).toBe('good');
  });
});

describe('a batcher with a pace', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets a caller go at once after a rest', async () => {
    const { batcher, rounds } = doubling({ atOnce: 4, most: 10, paceMs: 20 });
    const first = batcher.add(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(await first).toBe(2);

    await vi.advanceTimersByTimeAsync(20);
    const second = batcher.add(2);
    await vi.advanceTimersByTimeAsync(0);
    expect(await second).toBe(4);
    expect(rounds).toEqual([[1], [2]]);
  });

  it('gathers what comes soon after a round began, until the pace is over', async () => {
    const { batcher, rounds } = doubling({ atOnce: 4, most: 10, paceMs: 20 });
    const callers = [batcher.add(1)];
    for (const item of [2, 3]) {
      await vi.advanceTimersByTimeAsync(9);
      callers.push(batcher.add(item));
    }
    await vi.advanceTimersByTimeAsync(1);
    expect(rounds).toEqual([[1]]);

    await vi.advanceTimersByTimeAsync(1);
    expect(rounds).toEqual([[1], [2, 3]]);
    expect(await Promise.all(callers)).toEqual([2, 4, 6]);
  });

  it('does not hold up a round that is full', async () => {
    const { batcher, rounds } = doubling({ atOnce: 4, most: 2, paceMs: 20 });
    void batcher.add(1);
    await vi.advanceTimersByTimeAsync(0);
    const callers = [2, 3, 4].map((item) => batcher.add(item));
    await vi.advanceTimersByTimeAsync(0);
    expect(rounds).toEqual([[1], [2, 3]]);

    await vi.advanceTimersByTimeAsync(20);
    expect(rounds).toEqual([[1], [2, 3], [4]]);
    expect(await Promise.all(callers)).toEqual([4, 6, 8]);
  });
});
