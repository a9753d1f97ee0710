import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobIn, until } from '../support/echo.js';
import { metricOf } from '../support/shown-metrics.js';
import { TickingWorld, passed } from '../support/ticking-world.js';

const TOLERANCE = 1000;
const ENV = {
  NEST_PROFILE: 'echo-missed-scheduler',
  SCHEDULER_COMPENSATIONJOB_TOLERANCEMS: String(TOLERANCE),
  SCHEDULER_COMPENSATIONJOB_SPREADMS: '0',
  SCHEDULER_COMPENSATIONJOB_RECURRINGPOLLINTERVALMS: '100',
};
const BY_COMPENSATION = { triggerSource: 'COMPENSATION_SCHEDULER' };

let world: TickingWorld;
beforeEach(async () => void (world = await TickingWorld.begin(ENV)));
afterEach(() => world.close());

describe('echo-missed-scheduler', () => {
  it('starts what nobody starts, each slot once, and says so', async () => {
    const echo = await world.start({});
    const before = await metricOf(echo, 'orca_trigger_success_total', BY_COMPENSATION);
    await until(() => world.orca.executions.length >= 3);

    expect(new Set(world.slots()).size).toBe(world.slots().length);
    expect(world.slots()[0]).toBeGreaterThanOrEqual(world.savedAt);
    expect(await metricOf(echo, 'triggers_cronMisfires_seconds_count')).toBeGreaterThanOrEqual(3);
    await until(async () => (await metricOf(echo, 'orca_trigger_success_total', BY_COMPENSATION)) >= before + 3);
    expect(await jobIn(echo, 'compensate-missed-slots')).toMatchObject({ lastError: null });
  });

  it('looks once where that is wanted', async () => {
    await passed(world.savedAt + TOLERANCE + 1500);
    const echo = await world.start({ SCHEDULER_COMPENSATIONJOB_ENABLERECURRING: 'false' });
    await until(() => world.orca.executions.length >= 1);
    await echo.idle();
    const { length } = world.orca.executions;
    await passed(Date.now() + 1500);

    expect(world.orca.executions).toHaveLength(length);
    await expect(jobIn(echo, 'compensate-missed-slots')).rejects.toThrow();
  });

  it('records what it would start while its switch is off', async () => {
    const echo = await world.start({ SCHEDULER_COMPENSATIONJOB_TRIGGERS_ENABLED: 'false' });
    await until(async () => (await metricOf(echo, 'orca_trigger_disabled_total', BY_COMPENSATION)) > 0);

    expect(world.orca.executions).toEqual([]);
  });
});
