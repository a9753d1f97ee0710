import { describe, expect, it } from 'vitest';
import { type EventRun, checkEvents } from './event-check.js';

const execution = (n: number, started = true) => ({ id: `e${n}`, pipelineId: `p${n}`, slot: 0, started });
const message = (n: number, more: Partial<EventRun['messages'][number]> = {}) => ({
  n,
  at: 10_000,
  instance: 1,
  answered: true,
  ...more,
});
const good: EventRun = {
  webhooks: [1, 2],
  reports: [3],
  decided: new Set([1, 2]),
  executions: [execution(1), execution(2)],
  messages: [message(3)],
  disturbances: [],
};
const none = { undecided: [], unstarted: [], startedTwice: [], untold: [], toldAgain: [] };
const check = (more: Partial<EventRun>) => checkEvents({ ...good, ...more });

describe('the checker of events', () => {
  it('finds nothing where all that was accepted was decided, started and told once', () => {
    expect(checkEvents(good)).toEqual(none);
  });

  it('finds what was lost on the way', () => {
    expect(check({ decided: new Set([1]) })).toEqual({ ...none, undecided: [2] });
    expect(check({ executions: [execution(1), execution(2, false)] })).toEqual({ ...none, unstarted: [2] });
    expect(check({ messages: [] })).toEqual({ ...none, untold: [3] });
  });

  it('finds a second start, also of an event that was not answered 200', () => {
    expect(check({ executions: [...good.executions, execution(2)] })).toEqual({ ...none, startedTwice: [2] });
    expect(check({ executions: [...good.executions, execution(9), execution(9)] })).toEqual({
      ...none,
      startedTwice: [9],
    });
  });

  it('finds a second message where the outcome of the first was known', () => {
    expect(check({ messages: [message(3), message(3, { at: 20_000 })] })).toEqual({ ...none, toldAgain: [3] });
  });

  it.each([
    ['the channel had not answered', message(3, { answered: false }), []],
    [
      'its sender was killed before it could write the answer down',
      message(3),
      [{ instance: 1, from: 10_500, to: 10_500 }],
    ],
    ['the database was away', message(3), [{ from: 9000, to: 12_000 }]],
  ])('forgives a second message where %s', (_why, first, disturbances) => {
    expect(check({ messages: [first, message(3, { at: 20_000 })], disturbances })).toEqual(none);
  });

  it('does not forgive it for what befell another instance, or befell its own much later', () => {
    const messages = [message(3), message(3, { at: 20_000 })];
    for (const disturbance of [
      { instance: 2, from: 10_500, to: 10_500 },
      { instance: 1, from: 18_000, to: 18_000 },
    ]) {
      expect(check({ messages, disturbances: [disturbance] })).toEqual({ ...none, toldAgain: [3] });
    }
  });
});
