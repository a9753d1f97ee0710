import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/echo.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { TickingWorld, passed, secondsBetween } from '../support/ticking-world.js';

const SCHEDULER = { NEST_PROFILE: 'echo-scheduler' };
const MISSED = { NEST_PROFILE: 'echo-missed-scheduler', SCHEDULER_COMPENSATIONJOB_RECURRINGPOLLINTERVALMS: '100' };
const TOLERANCE_MS = 1000;
const SHORT = { SCHEDULER_COMPENSATIONJOB_TOLERANCEMS: String(TOLERANCE_MS), SCHEDULER_COMPENSATIONJOB_SPREADMS: '0' };
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

it('an echo-missed-scheduler that is alone leaves alone what was paused at the scheduler, after the pause too', async () => {
  world = await TickingWorld.begin({ ...SHORT, ...shared() });
  const scheduler = await world.start(SCHEDULER);
  await until(() => world.orca.executions.length >= 1);
  await fetch(`${scheduler.url}/applications/app/cron/pause`, { method: 'PUT' });
  const paused = Math.ceil(Date.now() / 1000) * 1000;
  await world.stop(scheduler);
  // Nobody claims slots any more.
  await database.source.query('TRUNCATE cron_triggers');

  const missed = await world.start(MISSED);
  const recorded = async (): Promise<number> => {
    const sql = `SELECT count(*)::int AS n FROM effects WHERE suppressed_by LIKE 'application paused%' AND (cause->>'slot')::bigint > $1`;
    return (await database.source.query<{ n: number }[]>(sql, [paused]))[0]?.n ?? 0;
  };
  await until(async () => (await recorded()) >= 2);
  await fetch(`${missed.url}/applications/app/cron/pause`, { method: 'DELETE' });
  const resumed = Date.now();
  await world.untilStarted(resumed, resumed + 1000);

  expect(world.slots().filter((slot) => slot > paused && slot < resumed - TOLERANCE_MS)).toEqual([]);
});
