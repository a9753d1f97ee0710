import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import type { Destination } from '../performer.js';
import { type Fared, Lane, type Turn } from './lane.js';

function laneWith(limits: Partial<Destination> = {}) {
  const clock = new ManualClock();
  const lane = new Lane(clock, { name: 'd', concurrency: 100, ...limits });
  const turns: Turn[] = [];
  const enter = (insists = false): void => void lane.enter(insists).then((turn) => turns.push(turn));
  const end = async (failed = false, more: Partial<Fared> = {}): Promise<void> => {
    const turn = turns.shift();
    if (turn?.kind === 'go') turn.end({ failed, ...more });
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

  it('lets a burst begin at once, and another one after as long a pause', async () => {
    const { clock, turns, enter } = laneWith({ perSecond: 1, burst: 3 });
    const begunOf = async (count: number): Promise<number> => {
      for (let i = 0; i < count; i++) enter();
      await clock.advance(0);
      return turns.splice(0).length;
    };
    expect(await begunOf(4)).toBe(3);

    await clock.advance(1000);
    expect(turns.splice(0)).toHaveLength(1);
    await clock.advance(3000);
    expect(await begunOf(4)).toBe(3);
  });

  it('leaves a destination in peace for as long as it asks, whatever comes back meanwhile', async () => {
    const { clock, lane, turns, enter, end } = laneWith();
    enter();
    enter();
    await clock.advance(0);
    await end(true, { restMs: 30_000 });
    await end();
    enter();
    await clock.advance(0);
    expect(turns.splice(0)).toEqual([{ kind: 'rest', until: clock.now() + 30_000 }]);
    expect(lane.isIdle).toBe(false);

    await clock.advance(30_000);
    expect(lane.isIdle).toBe(true);
    enter();
    await clock.advance(0);
    expect(turns).toMatchObject([{ kind: 'go' }]);
  });

  it('lets those go first for whose outcome somebody waits', async () => {
    const { clock, lane } = laneWith({ perSecond: 1 });
    const begun: string[] = [];
    for (const name of ['first', 'second', 'awaited', 'awaited too']) {
      void lane.enter(name.startsWith('awaited')).then(() => begun.push(name));
    }
    for (let i = 0; i < 4; i++) await clock.advance(1000);

    expect(begun).toEqual(['first', 'awaited', 'awaited too', 'second']);
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
