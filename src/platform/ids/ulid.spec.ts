import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UlidSource, newUlid, ulidOf, ulidTime } from './index.js';

const entropy = fc.uint8Array({ minLength: 10, maxLength: 10 }).map((bytes) => Buffer.from(bytes));
const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('ULIDs', () => {
  it('encode the example of the specification', () => {
    expect(ulidOf(1_469_918_176_385, Buffer.alloc(10))).toBe('01ARYZ6S410000000000000000');
    expect(ulidOf(2 ** 48 - 1, Buffer.alloc(10, 255))).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
  });

  it('sort by time first, then by the given bits', () => {
    fc.assert(
      fc.property(instant, instant, entropy, entropy, (a, b, x, y) => {
        const order = a - b || Buffer.compare(x, y);
        const sorted = ulidOf(a, x) < ulidOf(b, y) ? -1 : ulidOf(a, x) > ulidOf(b, y) ? 1 : 0;
        expect(sorted).toBe(Math.sign(order));
      }),
    );
  });

  it('differ from one call to the next', () => {
    expect(newUlid(1)).not.toBe(newUlid(1));
  });

  it('of one source differ, have the form of ULIDs and carry their time', () => {
    const source = new UlidSource();
    const made = Array.from({ length: 3000 }, (_, i) => source.next(1_469_918_176_385 + Math.floor(i / 1000)));
    expect(new Set(made).size).toBe(made.length);
    for (const id of made) expect(id).toMatch(/^01ARYZ6S4[123][0-9A-HJKMNP-TV-Z]{16}$/);
  });

  it('of two sources differ', () => {
    expect(new UlidSource().next(1)).not.toBe(new UlidSource().next(1));
  });
});

describe('the instant of a ULID', () => {
  it.each([0, 1_700_000_000_000, 2 ** 48 - 1])('is the one that it was made of: %i', (time) => {
    expect(ulidTime(newUlid(time))).toBe(time);
  });

  it.each(['', 'exec', '01HMKBVXG04913EJB7K88F0MM', '01hmkbvxg04913ejb7k88f0mmb', '81HMKBVXG04913EJB7K88F0MMB'])(
    'is none for %j',
    (text) => {
      expect(ulidTime(text)).toBeUndefined();
    },
  );
});
