import { describe, expect, it } from 'vitest';
import { EchoError } from '../platform/errors/index.js';
import { BadAnswerError } from '../platform/http/index.js';
import { failedAttempt } from './failed-attempt.js';

const failure = (retryable: boolean): EchoError => new EchoError('busy', { code: 'c', retryable });

describe('an attempt that failed', () => {
  it('is repeated when the error says that it may pass', () => {
    expect(failedAttempt(failure(true))).toEqual({ kind: 'retry', error: 'busy' });
  });

  it('is repeated not sooner than the destination wants', () => {
    const answer = { status: 429, headers: { 'retry-after': '7' }, body: '' };
    expect(failedAttempt(new BadAnswerError('busy', answer as never))).toMatchObject({
      kind: 'retry',
      atLeastMs: 7000,
    });
  });

  it.each([failure(false), new Error('busy'), 'busy'])('was the last one otherwise (%#)', (error) => {
    expect(failedAttempt(error)).toEqual({ kind: 'dead', error: 'busy' });
  });
});
