import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CharSet } from './char-set.js';

const LAST = 0x10ffff;
const code = fc.oneof(fc.nat(40), fc.constantFrom(LAST - 1, LAST));
const set = fc
  .array(fc.tuple(code, code), { maxLength: 5 })
  .map((pairs) => CharSet.of(pairs.map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])));

describe('sets of characters', () => {
  it('obey the laws of sets', () => {
    fc.assert(
      fc.property(set, set, code, (a, b, c) => {
        expect(a.union(b).has(c)).toBe(a.has(c) || b.has(c));
        expect(a.intersect(b).has(c)).toBe(a.has(c) && b.has(c));
        expect(a.without(b).has(c)).toBe(a.has(c) && !b.has(c));
        expect(a.complement().has(c)).toBe(!a.has(c));
        expect(a.complement().complement().ranges).toEqual(a.ranges);
      }),
    );
  });

  it('keep their ranges sorted, apart and as few as possible', () => {
    fc.assert(
      fc.property(set, ({ ranges }) => {
        ranges.forEach(([first, last], index) => {
          const next = ranges[index + 1];
          expect(first).toBeLessThanOrEqual(last);
          if (next) expect(next[0]).toBeGreaterThan(last + 1);
        });
      }),
    );
  });

  it('know when they hold one character, or none', () => {
    expect(CharSet.spans('aa').only).toBe(0x61);
    expect(CharSet.spans('ab').only).toBeUndefined();
    expect([CharSet.none.isEmpty, CharSet.none.only]).toEqual([true, undefined]);
  });
});
