import { describe, expect, it } from 'vitest';
import { Coalesced } from './coalesced.js';
import { Deferred } from './deferred.js';

describe('work that many ask for', () => {
  it('is done once more for all who ask while it is under way', async () => {
    const gates = [new Deferred<void>(), new Deferred<void>()];
    const begun: number[] = [];
    const work = new Coalesced(() => gates[begun.push(begun.length) - 1]?.promise ?? Promise.resolve());

    const asked = [work.run(), work.run(), work.run()];
    expect(begun).toHaveLength(1);
    gates[0]?.resolve();
    await Promise.resolve();
    gates[1]?.resolve();
    await Promise.all(asked);

    expect(begun).toHaveLength(2);
    await work.run();
    expect(begun).toHaveLength(3);
  });

  it('may fail, and is done again for the next who asks', async () => {
    let fails = true;
    const work = new Coalesced(() => (fails ? Promise.reject(new Error('away')) : Promise.resolve()));

    await expect(work.run()).rejects.toThrow('away');
    fails = false;
    await expect(work.run()).resolves.toBeUndefined();
  });
});
