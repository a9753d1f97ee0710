import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearestKey } from './edit-distance.js';

describe('the distance of two words', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['orca', 'orac', 1],
    ['enabled', 'enable', 1],
    ['kitten', 'sitting', 3],
  ])('of %o and %o is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is the same both ways, zero only for equal words, and at most the longer length', () => {
    const word = fc.stringMatching(/^[ab-]{0,6}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

describe('the nearest known key', () => {
  const known = new Map(['orca.baseUrl', 'rest.enabled', 'scheduler.enabled'].map((key) => [key.toLowerCase(), key]));

  it.each([
    ['orca.basurl', 'orca.baseUrl'],
    ['ocra.baseurl', 'orca.baseUrl'],
    ['shceduler.enabeld', 'scheduler.enabled'],
  ])('of %s is %s', (path, key) => {
    expect(nearestKey(path, known)).toBe(key);
  });

  it.each([['rush.enabled'], ['kato.baseurl'], ['scheduler.cron.enabled'], ['rest.enabled']])(
    'of %s is none: another service, another depth, or no slip at all',
    (path) => {
      expect(nearestKey(path, known)).toBeUndefined();
    },
  );
});
