import { describe, expect, it } from 'vitest';
import { TimeGuard } from './time-guard.js';

const ENDLESS = /^(a+)+$/;
const HARD_TEXT = `${'a'.repeat(60)}!`;

describe('a time guard', () => {
  it('passes on what a search finds', () => {
    const guard = new TimeGuard(1_000);

    expect([guard.run(() => true), guard.run(() => false)]).toEqual([{ kind: 'matched' }, { kind: 'unmatched' }]);
  });

  it('interrupts the native engine in the middle of a match, and can be used again', () => {
    const guard = new TimeGuard(5);

    expect(guard.run(() => ENDLESS.test(HARD_TEXT))).toEqual({ kind: 'too-slow', limitMs: 5 });
    expect(guard.run(() => true)).toEqual({ kind: 'matched' });
  });

  it('gives up when the native engine has filled its stack', () => {
    const overflow = (): boolean => {
      throw new RangeError('Maximum call stack size exceeded');
    };

    expect(new TimeGuard(1_000).run(overflow)).toEqual({ kind: 'too-slow', limitMs: 1_000 });
  });

  it('does not hide other errors', () => {
    const fail = (): boolean => {
      throw new TypeError('broken');
    };

    expect(() => new TimeGuard(1_000).run(fail)).toThrow('broken');
  });
});
