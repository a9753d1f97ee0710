import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryRepeats } from './memory-repeats.js';

let repeats: MemoryRepeats;

beforeEach(() => {
  repeats = new MemoryRepeats();
});

const claim = (key: string, claimant: string, at: number) => repeats.claim({ key, claimant, at, windowMs: 1000 });

describe('of all that claim one key', () => {
  it('the first is first, and the others repeat it until the window is over', async () => {
    expect(await claim('k', 'A', 100)).toEqual({ kind: 'first' });
    expect(await claim('k', 'B', 600)).toEqual({ kind: 'repeated', since: 100 });
    expect(await claim('k', 'C', 1099)).toEqual({ kind: 'repeated', since: 100 });
    expect(await claim('k', 'D', 1100)).toEqual({ kind: 'first' });
    expect(await claim('k', 'B', 1200)).toEqual({ kind: 'repeated', since: 1100 });
  });

  it('the first stays first when it asks again', async () => {
    await claim('k', 'A', 100);

    expect(await claim('k', 'A', 500)).toEqual({ kind: 'first' });
  });

  it('none hinders those that claim another', async () => {
    await claim('k', 'A', 100);

    expect(await claim('l', 'B', 100)).toEqual({ kind: 'first' });
  });
});
