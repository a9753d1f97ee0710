import { describe, expect, it } from 'vitest';
import { fitsWildcard } from './wildcard.js';

describe('a pattern with *', () => {
  it.each([
    ['orca:*', 'orca:pipeline:complete'],
    ['*', ''],
    ['a*b*c', 'a-b-c'],
    ['*:complete', 'orca:complete'],
    ['plain', 'plain'],
    ['a**b', 'ab'],
  ])('%s fits %j', (pattern, text) => {
    expect(fitsWildcard(pattern, text)).toBe(true);
  });

  it.each([
    ['orca:*', 'ORCA:x'],
    ['a*a', 'a'],
    ['a*b*c', 'a-c'],
    ['plain', 'plainer'],
    ['*b*bc', 'abc'],
    ['', 'x'],
  ])('%s does not fit %j', (pattern, text) => {
    expect(fitsWildcard(pattern, text)).toBe(false);
  });
});
