import { describe, expect, it } from 'vitest';
import { EchoError } from '../platform/errors/index.js';
import { failedAttempt } from './failed-attempt.js';

const failure = (retryable: boolean): EchoError => new EchoError('busy', { code: 'c', retryable });

describe('an attempt that failed', () => {
  it('is repeated when the error says that it may pass', () => {
    expect(failedAttempt(failure(true))).toEqual({ kind: 'retry', error: 'busy' });
  });

  it.each([failure(false), new Error('busy'), 'busy'])('was the last one otherwise (%#)', (error) => {
    expect(failedAttempt(error)).toEqual({ kind: 'dead', error: 'busy' });
  });
});
