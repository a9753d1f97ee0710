import { describe, expect, it } from 'vitest';
import { BoundedTag } from './bounded-tag.js';

describe('A tag whose values strangers choose', () => {
  it('shows as many values as it may, and those always', () => {
    const tag = new BoundedTag(2);

    expect(['a', 'b', 'c', 'a', 'd', 'b'].map((value) => tag.of(value))).toEqual([
      'a',
      'b',
      'other',
      'a',
      'other',
      'b',
    ]);
  });
});
