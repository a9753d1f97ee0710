import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountedFor } from './coverage.js';

const accounted = (slots: number[], executions: number[]): number[] =>
  [...accountedFor(slots, executions)].sort((a, b) => a - b);

describe('executions that only their times connect to slots', () => {
  it.each([
    ['one for each', [10, 20], [11, 21], [10, 20]],
    ['the first one missing', [10, 20], [21], [20]],
    ['the last one missing', [10, 20], [11], [10]],
    ['both late', [10, 20], [25, 26], [10, 20]],
    ['older than any slot', [10, 20], [9], []],
    ['more than slots', [10], [11, 12, 13], [10]],
    ['at the instant of its slot', [10], [10], [10]],
    ['none', [10], [], []],
    ['no slots', [], [10], []],
  ])('account for slots: %s', (_what, slots, executions, expected) => {
    expect(accounted(slots, executions)).toEqual(expected);
  });

  it('account for as many slots as can have one of their own', () => {
    const instants = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(instants, fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }), (slots, executions) => {
        // The most that is possible: every execution, from the earliest on, takes any slot before it.
        let most = 0;
        for (const made of executions.toSorted((a, b) => a - b)) {
          if (slots.filter((slot) => slot <= made).length > most) most++;
        }
        expect(accounted(slots, executions)).toHaveLength(most);
      }),
    );
  });
});
