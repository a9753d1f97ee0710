import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Lanes } from './lanes.js';

describe('the lanes of an instance', () => {
  it('are forgotten when nothing is left to be known of them, those that keep a pace a while later', async () => {
    const clock = new ManualClock();
    const lanes = new Lanes(clock, new TestSettings());
    for (let i = 0; i < 5000; i++) {
      const turn = await lanes.enter(`channel ${i}`, { name: `channel ${i}`, perSecond: 1 }, false);
      if (turn.kind === 'go') turn.end({ failed: false });
      await clock.advance(10);
    }

    expect(lanes.size).toBeLessThan(1100);
  });
});
