import { describe, expect, it } from 'vitest';
import { ManualClock } from './manual-clock.js';

describe('The manual clock', () => {
  it('runs timers in the order in which they are due, each at its own instant', async () => {
    const clock = new ManualClock(1000);
    const seen: string[] = [];
    clock.after(20, () => seen.push(`late at ${clock.now()}`));
    clock.after(10, () => seen.push(`early at ${clock.now()}`));
    clock.after(10, () => seen.push(`second at ${clock.now()}`));

    await clock.advance(20);

    expect(seen).toEqual(['early at 1010', 'second at 1010', 'late at 1020']);
    expect(clock.now()).toBe(1020);
  });

  it('runs within one move what the consequence of a timer sets anew', async () => {
    const clock = new ManualClock(0);
    const seen: number[] = [];
    const work = async (): Promise<void> => {
      for (let round = 0; round < 3; round++) {
        await clock.sleep(2000);
        seen.push(clock.now());
      }
    };
    const done = work();

    await clock.advance(10_000);
    await done;

    expect(seen).toEqual([2000, 4000, 6000]);
    expect(clock.now()).toBe(10_000);
  });

  it('does not run what was cancelled, nor what is due later', async () => {
    const clock = new ManualClock(0);
    const seen: string[] = [];
    clock.after(5, () => seen.push('cancelled'))();
    clock.after(11, () => seen.push('later'));

    await clock.advance(10);

    expect(seen).toEqual([]);
    expect([clock.waiting, clock.nextIn]).toEqual([1, 1]);
  });

  it('tells when a timer waits that is due soon', async () => {
    const clock = new ManualClock(0);
    let told = false;
    const soon = clock.untilWaiting(100).then(() => (told = true));
    clock.after(500, () => undefined);
    await clock.advance(0);
    expect(told).toBe(false);

    clock.after(100, () => undefined);

    await soon;
    expect(told).toBe(true);
  });
});
