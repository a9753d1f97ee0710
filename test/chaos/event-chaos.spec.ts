import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EmbeddedServer } from '../../src/platform/database/embedded/embedded-server.js';
import { EventChaos } from './event-chaos.js';

/** `npm run chaos` takes its time; `npm test` looks at the same for some seconds. */
const LONG = process.env['ECHO_CHAOS'] === 'long';

const SHORT_RUN = { processes: 2, seconds: 10, perSecond: 10, faultShare: 0.2 };
const LONG_RUN = { processes: 3, seconds: 90, perSecond: 10, faultShare: 0.2 };

describe('instances that are killed, stopped and cut off while orca and Slack misbehave', () => {
  it(
    'lose nothing that they accepted: it is decided, started once, and told once or until somebody says it was heard',
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'echo-chaos-postgres-'));
      chmodSync(folder, 0o755);
      const flags = ['fsync=off', 'max_connections=200'];
      let server = await EmbeddedServer.start({ folder: path.join(folder, 'data'), flags });
      const database = server.address;
      const restartDatabase = async (): Promise<void> => {
        await server.stop();
        server = await EmbeddedServer.start({ folder: path.join(folder, 'data'), flags, port: database.port });
      };

      const chaos = new EventChaos({ ...(LONG ? { ...LONG_RUN, restartDatabase } : SHORT_RUN), database });
      const { accepted, kills, stops, cuts, ...faults } = await chaos.run();
      await server.stop();
      rmSync(folder, { recursive: true });

      expect(faults).toEqual({ undecided: [], unstarted: [], startedTwice: [], untold: [], toldAgain: [] });
      expect(accepted).toBeGreaterThan(20);
      expect(kills + stops + cuts).toBeGreaterThan(0);
      if (LONG) process.stdout.write(`${accepted} events, ${kills} kills, ${stops} stops, ${cuts} cuts\n`);
    },
    LONG ? 600_000 : 240_000,
  );
});
