import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/echo.js';
import { EditableEcho } from '../support/editable-echo.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { SlotsStarted } from '../support/slots-started.js';

const ON = 'scheduler: { triggers: { enabled: true } }';
const OFF = 'scheduler: { triggers: { enabled: false } }';

describe('two regions, of which one fires', () => {
  const slots = new SlotsStarted(20, 2);
  let spinnaker: FakeSpinnaker;
  let west: EditableEcho;
  let east: EditableEcho;
  beforeEach(async () => {
    spinnaker = await startFakeSpinnaker(slots.pipelines);
    [west, east] = [new EditableEcho(ON), new EditableEcho(OFF)];
  });
  afterEach(async () => {
    await west.stop();
    await east.stop();
    await spinnaker.close();
  });

  const start = (region: EditableEcho, env: Record<string, string> = {}): Promise<void> =>
    region.start({ spinnaker, env: { NEST_PROFILE: 'echo-scheduler', ...env } });

  it('with a store each: switched over between two slots, none is lost and none is doubled', async () => {
    await Promise.all([start(west), start(east)]);
    await slots.more(2, spinnaker);
    west.write(OFF);
    east.write(ON);
    await slots.more(2, spinnaker);
    east.write(OFF);
    west.write(ON);
    await slots.more(2, spinnaker);

    slots.expectEachOnce(spinnaker);
  });

  describe('with a store that they share', () => {
    let database: TestDatabase;
    beforeAll(async () => void (database = await testDatabase()));
    afterAll(() => database.drop());

    it('one after the other is switched, whenever it may be: none is lost and none is doubled', async () => {
      const env = { SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url };
      await start(west, { ...env, ECHO_CLUSTER: 'west' });
      await start(east, { ...env, ECHO_CLUSTER: 'east' });
      await until(async () => (await clusters()) === 2);
      await slots.more(2, spinnaker);
      west.write(OFF);
      // Nobody fires for a moment: these slots are run late.
      await until(async () => (await enabled()) === 0);
      east.write(ON);
      await slots.more(4, spinnaker);

      slots.expectEachOnce(spinnaker);
      expect(await count(`SELECT count(*)::int AS n FROM effects WHERE state = 'suppressed'`)).toBe(0);
    });

    const count = async (sql: string): Promise<number> =>
      (await database.source.query<{ n: number }[]>(sql))[0]?.n ?? Number.NaN;
    const clusters = () => count('SELECT count(*)::int AS n FROM clusters');
    const enabled = () => count('SELECT count(*)::int AS n FROM clusters WHERE enabled');
  });
});
