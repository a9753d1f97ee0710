import { describe, expect, it } from 'vitest';
import { type Evidence, judge } from './verdict.js';

const NOTHING: Evidence = { start: undefined, own: 'absent', foreign: 'absent', existed: true };
const judged = (evidence: Partial<Evidence>) => judge({ ...NOTHING, ...evidence });
const missed = (reason: string) => ({ kind: 'missed', reason });

describe('a slot was missed', () => {
  it('without a start', () => {
    expect(judged({})).toEqual(missed('no start'));
  });

  it.each([{ start: 'dead' }, { own: 'failed-unstarted' }, { start: 'dead', own: 'failed-unstarted' }] as const)(
    'with a dead start: %j',
    (evidence) => {
      expect(judged(evidence)).toEqual(missed('dead start'));
      expect(judged({ ...evidence, existed: false })).toEqual(missed('dead start'));
    },
  );

  it('when orca does not know the execution that it answered with', () => {
    expect(judged({ start: 'done' })).toEqual(missed('lost execution'));
  });
});

describe('a slot was not missed', () => {
  it.each([
    { start: 'pending', own: 'unknown', foreign: 'unknown' },
    { start: 'done', own: 'there' },
    { start: 'dead', own: 'there' },
    { own: 'there', foreign: 'unknown' },
    { foreign: 'there' },
    { start: 'done', own: 'failed-unstarted' },
  ] as const)('when it has a start: %j', (evidence) => {
    expect(judged(evidence)).toEqual({ kind: 'started' });
  });

  it('when it was held back on purpose', () => {
    expect(judged({ start: 'suppressed' })).toEqual({ kind: 'suppressed' });
  });

  it('when its trigger may be younger', () => {
    expect(judged({ existed: false })).toEqual({ kind: 'too-young' });
  });
});

it.each([{ own: 'unknown' }, { foreign: 'unknown' }, { start: 'dead', own: 'unknown' }] as const)(
  'what orca cannot tell waits: %j',
  (evidence) => {
    expect(judged(evidence)).toEqual({ kind: 'unclear' });
  },
);
