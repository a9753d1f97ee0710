import { describe, expect, it } from 'vitest';
import type { Execution } from '../../clients/index.js';
import { startIds } from '../../pipelines/start/start-identity.js';
import { type OurStart, pairsOf } from './pairs.js';

const MINUTE = 60_000;

const ours = (at: number, more: Partial<OurStart> = {}): OurStart => ({
  at,
  application: 'app',
  pipelineId: 'p',
  triggerId: 'T',
  triggerType: 'cron',
  eventId: null,
  ...more,
});
const theirs = (id: string, buildTime: number, more: Partial<Execution> = {}): Execution => ({
  id,
  status: 'SUCCEEDED',
  buildTime,
  triggerId: 'T',
  ...more,
});

const pair = (starts: OurStart[], executions: Execution[]) => {
  const { both, onlyOurs, onlyTheirs } = pairsOf(starts, executions, 2 * MINUTE);
  return {
    both: both.map(([start, { id }]) => [start.at, id]),
    onlyOurs: onlyOurs.map(({ at }) => at),
    onlyTheirs: onlyTheirs.map(({ id }) => id),
  };
};

describe('a start and the execution of another Echo', () => {
  it('belong together by their event, whatever their times', () => {
    const found = pair([ours(0, { eventId: 'E' })], [theirs('far', 99 * MINUTE, { eventId: 'E' }), theirs('near', 1)]);

    expect(found).toEqual({ both: [[0, 'far']], onlyOurs: [], onlyTheirs: ['near'] });
  });

  it('belong together by event and trigger before event alone', () => {
    const starts = [ours(0, { eventId: 'E', triggerId: 'A' }), ours(1, { eventId: 'E', triggerId: 'B' })];
    const executions = [theirs('b', 0, { eventId: 'E', triggerId: 'B' }), theirs('x', 0, { eventId: 'E' })];

    expect(pair(starts, executions).both.sort()).toEqual([
      [0, 'x'],
      [1, 'b'],
    ]);
  });

  it('belong together by the trigger and the nearest time, each once', () => {
    const found = pair([ours(0), ours(5 * MINUTE)], [theirs('first', 900), theirs('second', 5 * MINUTE + 900)]);

    expect(found).toEqual({
      both: [
        [0, 'first'],
        [5 * MINUTE, 'second'],
      ],
      onlyOurs: [],
      onlyTheirs: [],
    });
  });

  it('leave the slot alone that neither started, and not a later one', () => {
    const found = pair([ours(0), ours(10_000), ours(20_000)], [theirs('first', 900), theirs('third', 20_900)]);

    expect(found).toEqual({
      both: [
        [0, 'first'],
        [20_000, 'third'],
      ],
      onlyOurs: [10_000],
      onlyTheirs: [],
    });
  });

  it('belong together by the slot in the id of an execution of ours, though it was made late', () => {
    const { executionId, correlationId } = startIds('slot', 10_000, 0);
    const late = theirs(executionId, 5 * MINUTE, { correlationId });

    expect(pair([ours(10_000), ours(5 * MINUTE)], [late])).toEqual({
      both: [[10_000, executionId]],
      onlyOurs: [5 * MINUTE],
      onlyTheirs: [],
    });
  });

  it('are strangers when too much time lies between, or another trigger', () => {
    const found = pair([ours(0)], [theirs('late', 3 * MINUTE), theirs('other', 1, { triggerId: 'U' })]);

    expect(found).toEqual({ both: [], onlyOurs: [0], onlyTheirs: ['late', 'other'] });
  });
});
