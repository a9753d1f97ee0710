import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/echo.js';
import { EchoProcess } from '../support/echo-process.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { TickingWorld, passed, secondsBetween } from '../support/ticking-world.js';

/** `npm run chaos` waits for two minutes, twice the misfire threshold; `npm test` makes both small. */
const LONG = process.env['ECHO_CHAOS'] === 'long';
const SHORT_SPANS = {
  SCHEDULER_MISFIRETHRESHOLDMS: '1000',
  SCHEDULER_COMPENSATIONJOB_TOLERANCEMS: '1000',
  SCHEDULER_COMPENSATIONJOB_SPREADMS: '0',
  SCHEDULER_COMPENSATIONJOB_RECURRINGPOLLINTERVALMS: '100',
  OUTBOX_SQL_LEASEMS: '2000',
  OUTBOX_SQL_SCANMS: '250',
};
const SPANS: Record<string, string> = LONG ? {} : SHORT_SPANS;
const OUTAGE_MS = LONG ? 120_000 : 3000;

let database: TestDatabase;
let world: TickingWorld;
const running: EchoProcess[] = [];
beforeAll(async () => void (database = await testDatabase()));
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await world.close();
});
afterAll(() => database.drop());

const together: { what: string; env: () => Record<string, string> }[] = [
  { what: 'that share nothing', env: () => ({}) },
  { what: 'that share a database', env: () => ({ SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url }) },
];

describe.each(together)('a scheduler and two echo-missed-schedulers $what', ({ env }) => {
  const start = async (profile: string): Promise<EchoProcess> => {
    const peers = { FRONT50_BASEURL: world.spinnaker.front50.url, ORCA_BASEURL: world.spinnaker.orca.url };
    const one = await EchoProcess.start({ NEST_PROFILE: profile, ...peers, ...SPANS, ...env() });
    running.push(one);
    return one;
  };

  it(
    'start each slot once when the scheduler is killed, is away for longer than a misfire, and comes back beside them',
    { timeout: LONG ? 600_000 : 90_000 },
    async () => {
      world = await TickingWorld.begin({});
      const scheduler = await start('echo-scheduler');
      await until(() => world.orca.executions.length >= 2);
      scheduler.process.signal('SIGKILL');
      await passed(Date.now() + OUTAGE_MS);

      await Promise.all(['echo-missed-scheduler', 'echo-missed-scheduler', 'echo-scheduler'].map(start));
      const back = Date.now();
      await world.untilStarted(world.savedAt, back + 1000);

      expect(world.slots().filter((slot) => slot <= back)).toEqual(secondsBetween(world.savedAt, back));
      expect(world.orca.overwritten).toEqual([]);
    },
  );
});
