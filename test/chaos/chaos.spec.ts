import { describe, expect, it } from 'vitest';
import { Chaos } from './chaos.js';
import { OwnPostgres } from './own-postgres.js';

/** `npm run chaos` takes its time; `npm test` looks at the same for some seconds. */
const LONG = process.env['ECHO_CHAOS'] === 'long';

const SHORT_RUN = { triggers: 60, processes: 2, stepSeconds: 2, seconds: 12, faultShare: 0.2 };
const LONG_RUN = { triggers: 2000, processes: 3, stepSeconds: 5, seconds: 90, faultShare: 0.1 };

describe('schedulers that are killed and stopped while orca misbehaves', () => {
  it(
    'start every slot once, and none twice',
    async () => {
      const postgres = await OwnPostgres.start();
      const longRun = { ...LONG_RUN, restartDatabase: () => postgres.restart() };
      const options = { ...(LONG ? longRun : SHORT_RUN), database: postgres.address };

      const { lost, doubled, slots, repeats, kills, stops } = await new Chaos(options).run();
      await postgres.stop();

      expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
      expect(slots).toBeGreaterThan(0);
      expect(kills + stops).toBeGreaterThan(0);
      if (LONG) process.stdout.write(`${slots} slots, ${kills} kills, ${stops} stops, ${repeats} repeats\n`);
    },
    LONG ? 600_000 : 180_000,
  );
});
