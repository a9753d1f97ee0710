import { beforeEach, expect, it } from 'vitest';
import { missedMorning, slotTimes, startedByTheOriginal } from '../../test/support/missed-morning.js';
import { RecordedLog } from '../../test/support/recorded-log.js';

beforeEach(() => void RecordedLog.start());

it('a slot that is left to the next look never passes for started by the execution of a later one', async () => {
  const morning = await missedMorning({ 'scheduler.compensationJob.maxStartsPerRun': 0 });
  const { world, bench } = morning;
  startedByTheOriginal(morning, '10:10:02');
  await bench.look();
  await bench.look();
  expect(world.posted).toEqual([]);

  world.settings.set('scheduler.compensationJob.maxStartsPerRun', 9);
  await bench.look();

  expect(slotTimes(world.posted.map(({ executionId }) => executionId))).toEqual(['10:05:00']);
});
