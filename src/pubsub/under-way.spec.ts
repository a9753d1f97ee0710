import { describe, expect, it } from 'vitest';
import { Deferred } from '../platform/lifecycle/index.js';
import { UnderWay } from './under-way.js';

describe('messages under way', () => {
  it('are waited for, those too that come meanwhile, and whether they end well or not', async () => {
    const underWay = new UnderWay();
    const [first, second] = [new Deferred<void>(), new Deferred<void>()];
    let ended = false;
    underWay.add(first.promise.then(() => Promise.reject(new Error('lost'))));

    const end = underWay.end().then(() => (ended = true));
    underWay.add(second.promise);
    first.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(false);

    second.resolve();
    await end;
  });

  it('are nothing to wait for where there are none', async () => {
    await expect(new UnderWay().end()).resolves.toBeUndefined();
  });
});
