import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/echo.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { TickingWorld, passed, secondsBetween } from '../support/ticking-world.js';

const SCHEDULER = { NEST_PROFILE: 'echo-scheduler' };
const MISSED = { NEST_PROFILE: 'echo-missed-scheduler', SCHEDULER_COMPENSATIONJOB_RECURRINGPOLLINTERVALMS: '100' };
const SHORT = { SCHEDULER_COMPENSATIONJOB_TOLERANCEMS: '1000', SCHEDULER_COMPENSATIONJOB_SPREADMS: '0' };
const PATIENT = { ...SHORT, ORCA_PIPELINEINITIATORRETRYCOUNT: '2' };

let database: TestDatabase;
let world: TickingWorld;
beforeAll(async () => void (database = await testDatabase()));
afterEach(() => world.close());
beforeEach(async () => void (await database.source.query('TRUNCATE effects')));
afterAll(() => database.drop());

const shared = (): Record<string, string> => ({ SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url });
const together = [
  { what: 'that share nothing', env: () => ({}) },
  { what: 'that share a database', env: shared },
];

describe.each(together)('two echo-missed-schedulers $what', ({ env }) => {
  it(
    'repair an outage slot by slot, each once, beside the scheduler that comes back',
    { timeout: 60_000 },
    async () => {
      world = await TickingWorld.begin({ ...SHORT, ...env() });
      const scheduler = await world.start(SCHEDULER);
      await until(() => world.orca.executions.length >= 2);
      await world.stop(scheduler);
      await passed(Date.now() + 3000);

      await Promise.all([world.start(MISSED), world.start(MISSED), world.start(SCHEDULER)]);
      const back = Date.now();
      await world.untilStarted(world.savedAt, back + 1000);

      expect(world.slots().filter((slot) => slot <= back)).toEqual(secondsBetween(world.savedAt, back));
      expect(world.orca.overwritten).toEqual([]);
    },
  );

  it('repair what orca refused for longer than the retries last', { timeout: 60_000 }, async () => {
    world = await TickingWorld.begin({ ...PATIENT, ...env() });
    let refused = 0;
    world.spinnaker.orca.answering((request) => {
      if (request.url !== '/orchestrate' || refused > 8) return world.orca.answer(request);
      refused++;
      return { kind: 'answer', status: 429, type: 'application/json', body: '{"message":"later"}' };
    });

    await Promise.all([world.start(MISSED), world.start(MISSED), world.start(SCHEDULER)]);
    await passed(Date.now() + 3000);
    const end = Date.now();
    await world.untilStarted(world.savedAt, end);

    expect(refused).toBeGreaterThan(8);
    expect(world.slots().filter((slot) => slot <= end)).toEqual(secondsBetween(world.savedAt, end));
    expect(world.orca.overwritten).toEqual([]);
  });
});
