import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EmbeddedServer } from '../../src/platform/database/embedded/embedded-server.js';
import { Chaos, type ChaosOptions } from './chaos.js';

/** `npm run chaos` takes its time; `npm test` looks at the same for some seconds. */
const LONG = process.env['ECHO_CHAOS'] === 'long';

const SHORT_RUN = { triggers: 60, processes: 2, stepSeconds: 2, seconds: 12, faultShare: 0.2 };
const LONG_RUN = { triggers: 2000, processes: 3, stepSeconds: 5, seconds: 90, faultShare: 0.1 };

describe('schedulers that are killed and stopped while orca misbehaves', () => {
  it(
    'start every slot once, and none twice',
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'echo-chaos-postgres-'));
      chmodSync(folder, 0o755);
      const flags = ['fsync=off', 'max_connections=200'];
      let server = await EmbeddedServer.start({ folder: path.join(folder, 'data'), flags });
      const database = server.address;
      const inTheMiddle = async (): Promise<void> => {
        await server.stop();
        server = await EmbeddedServer.start({ folder: path.join(folder, 'data'), flags, port: database.port });
      };
      const options: ChaosOptions = {
        ...(LONG ? { ...LONG_RUN, inTheMiddle } : SHORT_RUN),
        database,
      };

      const { lost, doubled, slots, repeats, kills, stops } = await new Chaos(options).run();
      await server.stop();
      rmSync(folder, { recursive: true });

      expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
      expect(slots).toBeGreaterThan(0);
      expect(kills + stops).toBeGreaterThan(0);
      if (LONG) process.stdout.write(`${slots} slots, ${kills} kills, ${stops} stops, ${repeats} repeats\n`);
    },
    LONG ? 600_000 : 180_000,
  );
});
