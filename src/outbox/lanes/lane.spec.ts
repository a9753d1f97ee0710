import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import type { Destination } from '../performer.js';
import { Lane, type Turn } from './lane.js';

function laneWith(limits: Partial<Destination> = {}) {
  const clock = new ManualClock();
  const lane = new Lane(clock, { name: 'd', concurrency: 100, ...limits });
  const turns: Turn[] = [];
  const enter = (insists = false): void => void lane.enter(insists).then((turn) => turns.push(turn));
  const end = async (failed = false): Promise<void> => {
    const turn = turns.shift();
    if (turn?.kind === 'go') turn.end(failed);
    await clock.advance(0);
  };
  return { clock, lane, turns, enter, end };
}

describe('a lane', () => {
  it('lets only so many through at once, in the order in which they came', async () => {
    const { clock, lane, turns, enter, end } = laneWith({ concurrency: 2 });
    for (let i = 0; i < 3; i++) enter();
    await clock.advance(0);
    expect([turns.length, lane.waiting]).toEqual([2, 1]);

    await end();
    expect([turns.length, lane.waiting]).toEqual([2, 0]);
  });

  it('lets only so many begin in a second', async () => {
    const { clock, turns, enter } = laneWith({ perSecond: 4 });
    for (let i = 0; i < 6; i++) enter();

    await clock.advance(0);
    expect(turns).toHaveLength(1);
    await clock.advance(1000);
    expect(turns).toHaveLength(5);
    await clock.advance(250);
    expect(turns).toHaveLength(6);
  });

  it('leaves a destination in peace after so many failures in a row, and then tries one first', async () => {
    const { clock, turns, enter, end } = laneWith({ breaker: { failures: 2, restMs: 60_000 } });
    for (let i = 0; i < 2; i++) {
      enter();
      await clock.advance(0);
      await end(true);
    }
    enter();
    await clock.advance(0);
    expect(turns.splice(0)).toEqual([{ kind: 'rest', until: clock.now() + 60_000 }]);

    await clock.advance(60_000);
    enter();
    enter();
    await clock.advance(0);
    expect(turns).toHaveLength(1);
    await end();
    enter();
    await clock.advance(0);
    expect(turns.map(({ kind }) => kind)).toEqual(['go', 'go']);
  });

  it('rests again when the first one after a rest fails', async () => {
    const { clock, turns, enter, end } = laneWith({ breaker: { failures: 1, restMs: 100 } });
    enter();
    await clock.advance(0);
    await end(true);
    await clock.advance(100);
    enter();
    enter();
    await clock.advance(0);
    await end(true);

    expect(turns).toEqual([{ kind: 'rest', until: clock.now() + 100 }]);
  });

  it('counts failures in a row only', async () => {
    const { clock, turns, enter, end } = laneWith({ breaker: { failures: 2, restMs: 100 } });
    for (const failed of [true, false, true]) {
      enter();
      await clock.advance(0);
      await end(failed);
    }
    enter();
    await clock.advance(0);
    expect(turns.map(({ kind }) => kind)).toEqual(['go']);
  });

  it('does not put off one that insists', async () => {
    const { clock, turns, enter, end } = laneWith({ breaker: { failures: 1, restMs: 100 } });
    enter();
    await clock.advance(0);
    await end(true);
    enter(true);
    await clock.advance(0);
    expect(turns.map(({ kind }) => kind)).toEqual(['go']);
  });

  it('closes: what has not begun never will', async () => {
    const { clock, lane, turns, enter } = laneWith({ concurrency: 1 });
    enter();
    enter();
    await clock.advance(0);
    lane.close();
    await clock.advance(0);
    expect(turns.map(({ kind }) => kind)).toEqual(['go', 'closed']);
  });
});
