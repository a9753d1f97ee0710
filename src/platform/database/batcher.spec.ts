import { describe, expect, it } from 'vitest';
import { Batcher } from './batcher.js';

describe('a batcher', () => {
  it('joins what comes at once, and answers each caller for itself', async () => {
    const rounds: number[][] = [];
    const batcher = new Batcher<number, number>(
      (items) => {
        rounds.push([...items]);
        return Promise.resolve(items.map((item) => item * 2));
      },
      1,
      2,
    );

    expect(await Promise.all([1, 2, 3].map((item) => batcher.add(item)))).toEqual([2, 4, 6]);
    expect(rounds).toEqual([[1, 2], [3]]);
  });

  it('refuses a round that failed and goes on with the next', async () => {
    const perform = (items: readonly string[]): Promise<string[]> =>
      items.includes('bad') ? Promise.reject(new Error('gone')) : Promise.resolve([...items]);
    const batcher = new Batcher<string, string>(perform, 1, 10);

    await expect(batcher.add('bad')).rejects.toThrow('gone');
    expect(await batcher.add('good')).toBe('good');
  });
});
