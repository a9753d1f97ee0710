import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeapItem, SlotHeap } from './slot-heap.js';

describe('the heap of slots', () => {
  it('gives out what holds, in the order of time', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.nat(50), holds: fc.boolean() })), (given) => {
        const dropped = new Set<HeapItem>();
        const heap = new SlotHeap((item) => !dropped.has(item));
        for (const [index, { at, holds }] of given.entries()) {
          const item = { key: String(index), at };
          heap.push(item);
          if (!holds) dropped.add(item);
        }
        const out: number[] = [];
        for (let item = heap.pop(); item; item = heap.pop()) out.push(item.at);
        const wanted = given.filter(({ holds }) => holds).map(({ at }) => at);
        expect(out).toEqual(wanted.sort((a, b) => a - b));
      }),
    );
  });
});
