import { describe, expect, it } from 'vitest';
import { keepNewest } from './keep-newest.js';

const mapOf = (size: number): Map<number, string> => new Map(Array.from({ length: size }, (_, i) => [i, `value ${i}`]));

describe('a map that keeps its newest entries', () => {
  it.each([
    ['loses none while it has room', 20, 20, 0],
    ['loses a tenth of its room when it is over it', 21, 20, 2],
    ['loses one where a tenth is less than that', 4, 3, 1],
    ['loses all that are too many', 50, 20, 30],
    ['has none where none may be', 3, 0, 3],
  ])('%s', (_what, size, most, lost) => {
    const map = mapOf(size);

    expect(keepNewest(map, most)).toBe(lost);

    expect([...map.keys()]).toEqual([...mapOf(size).keys()].slice(lost));
  });
});
