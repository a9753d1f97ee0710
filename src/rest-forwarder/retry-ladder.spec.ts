import { describe, expect, it } from 'vitest';
import { BadAnswerError, UnsendableCallError } from '../platform/http/index.js';
import { isFinal, nextPause } from './retry-ladder.js';

const answer = (status: number, headers = {}): BadAnswerError =>
  new BadAnswerError('bad', { status, headers, body: '' });
const endpoint = { retryCount: 3, durable: true, retryDelays: [5000, 60_000] };

describe('the tries of a forward', () => {
  it('are fast at first, then slow, then at their end', () => {
    expect([1, 2, 3, 4, 5].map((tries) => nextPause(endpoint, tries))).toEqual([
      { kind: 'fast', ms: 200 },
      { kind: 'fast', ms: 200 },
      { kind: 'slow', ms: 5000 },
      { kind: 'slow', ms: 60_000 },
      undefined,
    ]);
  });

  it('are the fast ones alone where the endpoint is not durable, at least one', () => {
    expect(nextPause({ ...endpoint, durable: false }, 3)).toBeUndefined();
    expect(nextPause({ ...endpoint, durable: false, retryCount: 0 }, 1)).toBeUndefined();
  });

  it('wait as long as the receiver wishes, an hour at most', () => {
    expect(nextPause(endpoint, 3, answer(429, { 'retry-after': '30' }))).toEqual({ kind: 'slow', ms: 30_000 });
    expect(nextPause(endpoint, 3, answer(503, { 'retry-after': '1' }))).toEqual({ kind: 'slow', ms: 5000 });
    expect(nextPause(endpoint, 3, answer(503, { 'retry-after': '86400' }))).toEqual({ kind: 'slow', ms: 3_600_000 });
  });

  it.each([
    [answer(400), true],
    [answer(404), true],
    [answer(410), true],
    [answer(401), false],
    [answer(500), false],
    [new UnsendableCallError('no'), true],
    [new Error('reset'), false],
  ])('end at once with what stays as it is: %s', (error, final) => {
    expect(isFinal(error)).toBe(final);
  });
});
