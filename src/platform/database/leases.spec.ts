import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { Leases } from './leases.js';

const clock = new ManualClock(1_000_000);
const leases = new Leases(clock, () => 30_000);

describe('leases', () => {
  it('run from now, or from another instant', () => {
    expect(leases.lease()).toEqual({ by: leases.owner, until: 1_030_000 });
    expect(leases.lease(2_000_000).until).toBe(2_030_000);
  });

  it('cover what begins in their first two thirds: the rest is for what was sent to arrive', async () => {
    const { until } = leases.lease();

    await clock.advance(19_999);
    expect(leases.covers(until)).toBe(true);
    await clock.advance(1);
    expect(leases.covers(until)).toBe(false);
  });

  it('count as abandoned when they ran out, but not while owners may come back from an outage', async () => {
    expect(leases.abandonedBefore()).toBe(clock.now());

    await expect(leases.watch(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    await clock.advance(29_999);
    expect(leases.abandonedBefore()).toBe(0);
    await clock.advance(1);
    expect(leases.abandonedBefore()).toBe(clock.now());
  });
});
