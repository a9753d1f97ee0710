import { describe, expect, it } from 'vitest';
import { counterOf, shownBy } from '../../../test/support/metrics.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { eventsMetrics } from '../events.metrics.js';
import { AgedOut } from './aged-out.js';

describe('what memory mode forgets', () => {
  it('is counted, and said when it begins', async () => {
    const log = RecordedLog.start();
    const counter = counterOf(eventsMetrics.agedOut);
    const agedOut = new AgedOut(counter);

    for (const count of [0, 2, 3]) agedOut.note('events', count, { key: 'a.bound' });
    agedOut.note('effects', 1, { key: 'another' });

    expect(await shownBy(counter)).toEqual([
      { history: 'events', value: 5 },
      { history: 'effects', value: 1 },
    ]);
    expect(log.at('log').filter((text) => text.includes('a.bound'))).toHaveLength(1);
  });
});
