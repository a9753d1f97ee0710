import { describe, expect, it } from 'vitest';
import { decided, pauseMs } from './retry.js';

const policy = { attempts: 3, firstMs: 1000, factor: 2, maxMs: 3000 };

describe('the pause before the next attempt', () => {
  it('grows up to its limit', () => {
    expect([1, 2, 3, 4].map((attempts) => pauseMs(policy, attempts, 0.5))).toEqual([1000, 2000, 3000, 3000]);
  });

  it('is spread, so that what failed together does not return together', () => {
    expect([0, 1].map((random) => pauseMs(policy, 1, random))).toEqual([800, 1200]);
  });
});

describe('an attempt that may succeed later', () => {
  const failed = { kind: 'retry', error: 'busy' } as const;

  it('is repeated after the pause that the performer named, whatever the policy says', () => {
    expect(decided({ ...failed, afterMs: 7 }, 3, policy)).toEqual({ ...failed, afterMs: 7 });
  });

  it('is repeated by the policy of its kind', () => {
    expect(decided(failed, 2, policy)).toMatchObject({ kind: 'retry', error: 'busy' });
  });

  it('is repeated not sooner than the destination wants, but within the hour', () => {
    expect(decided({ ...failed, atLeastMs: 60_000 }, 1, policy)).toMatchObject({ afterMs: 60_000 });
    expect(decided({ ...failed, atLeastMs: 86_400_000 }, 1, policy)).toMatchObject({ afterMs: 3_600_000 });
    expect(decided({ ...failed, atLeastMs: 60_000 }, 3, policy)).toMatchObject({ kind: 'dead' });
  });

  it('was the last one when the policy allows no more, with what it brought', () => {
    expect(decided({ ...failed, result: { status: 503 } }, 3, policy)).toEqual({
      kind: 'dead',
      error: 'busy',
      result: { status: 503 },
    });
  });

  it('was the last one when the kind has no policy', () => {
    expect(decided(failed, 1, undefined)).toEqual({ kind: 'dead', error: 'busy' });
  });
});
