import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../platform/json/index.js';
import { differences } from './difference.js';

describe('what is there has all that is expected', () => {
  it.each<[JsonValue, JsonValue | undefined]>([
    [{}, { a: 1 }],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }],
    [{ a: [{ b: 1 }, 'x'] }, { a: [{ b: 1, c: 2 }, 'x'] }],
    [{ a: null }, {}],
    [null, undefined],
  ])('%j in %j', (expected, actual) => {
    expect(differences(expected, actual)).toEqual([]);
  });
});

describe('what is missing or otherwise is named with its place', () => {
  it.each<[JsonValue, JsonValue | undefined, string, JsonValue, JsonValue | undefined]>([
    [{ a: 1 }, { a: 2 }, 'a', 1, 2],
    [{ a: '1' }, { a: 1 }, 'a', '1', 1],
    [{ a: { b: 1 } }, { a: {} }, 'a.b', 1, undefined],
    [{ a: { b: 1 } }, { a: 'text' }, 'a', { b: 1 }, 'text'],
    [{ a: [1, 2] }, { a: [1] }, 'a', [1, 2], [1]],
    [{ a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 3 }] }, 'a[1].b', 2, 3],
    [{ a: null }, { a: false }, 'a', null, false],
    [{ a: 1 }, undefined, '', { a: 1 }, undefined],
  ])('%j in %j', (wanted, there, place, expected, actual) => {
    expect(differences(wanted, there)).toEqual([{ place, expected, actual }]);
  });
});
