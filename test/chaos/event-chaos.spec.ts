import { describe, expect, it } from 'vitest';
import { EventChaos } from './event-chaos.js';
import { OwnPostgres } from './own-postgres.js';

/** `npm run chaos` takes its time; `npm test` looks at the same for some seconds. */
const LONG = process.env['ECHO_CHAOS'] === 'long';

const SHORT_RUN = { processes: 2, seconds: 10, perSecond: 10, faultShare: 0.2 };
const LONG_RUN = { processes: 3, seconds: 90, perSecond: 10, faultShare: 0.2 };

describe('instances that are killed, stopped and cut off while orca and Slack misbehave', () => {
  it(
    'lose nothing that they accepted: it is decided, started once, and told once or until somebody says it was heard',
    async () => {
      const postgres = await OwnPostgres.start();
      const longRun = { ...LONG_RUN, restartDatabase: () => postgres.restart() };
      const options = { ...(LONG ? longRun : SHORT_RUN), database: postgres.address };

      const { accepted, kills, stops, cuts, ...faults } = await new EventChaos(options).run();
      await postgres.stop();

      expect(faults).toEqual({ undecided: [], unstarted: [], startedTwice: [], untold: [], toldAgain: [] });
      expect(accepted).toBeGreaterThan(20);
      expect(kills + stops + cuts).toBeGreaterThan(0);
      if (LONG) process.stdout.write(`${accepted} events, ${kills} kills, ${stops} stops, ${cuts} cuts\n`);
    },
    LONG ? 600_000 : 240_000,
  );
});
