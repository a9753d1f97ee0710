import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { ulidTime } from '../support/ulid-time.js';

const TRIGGERS = 20;
const STEP_SECONDS = 2;
const pipelines = Array.from({ length: TRIGGERS }, (_, i) => ({
  application: 'app',
  name: `p${i}`,
  id: `p${i}`,
  triggers: [{ type: 'cron', enabled: true, cronExpression: `0/${STEP_SECONDS} * * * * ?` }],
}));

/** A scheduler whose switch is a line in a file of its own. */
class Region {
  echo: RunningEcho | undefined;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'echo-region-'));

  switchTo(on: boolean): void {
    writeFileSync(path.join(this.folder, 'echo.yml'), `scheduler: { triggers: { enabled: ${on} } }`);
  }

  async start(spinnaker: FakeSpinnaker, env: Record<string, string> = {}): Promise<void> {
    this.echo = await startEcho({
      spinnaker,
      env: {
        NEST_PROFILE: 'echo-scheduler',
        ECHO_CONFIG_PATH: this.folder,
        PLATFORM_SETTINGS_RELOADINTERVALMS: '50',
        ...env,
      },
    });
  }

  async stop(): Promise<void> {
    await this.echo?.app.close();
    rmSync(this.folder, { recursive: true });
  }
}

describe('two regions, of which one fires', () => {
  let spinnaker: FakeSpinnaker;
  let west: Region;
  let east: Region;
  beforeEach(async () => {
    spinnaker = await startFakeSpinnaker(pipelines);
    [west, east] = [new Region(), new Region()];
    west.switchTo(true);
    east.switchTo(false);
  });
  afterEach(async () => {
    await west.stop();
    await east.stop();
    await spinnaker.close();
  });

  const starts = () => spinnaker.orca.posted('/orchestrate');
  /** Resolves when the starts of so many more slots of all triggers have come, long before the next. */
  const more = async (slots: number): Promise<void> => {
    const enough = Math.ceil(starts().length / TRIGGERS + slots) * TRIGGERS;
    await until(() => starts().length >= enough);
  };

  /** Every trigger was started in each of its slots from its first start to its last, and once. */
  function expectEachSlotOnce(): void {
    const seconds = new Map<string, number[]>();
    for (const { name, executionId } of starts()) {
      const known = seconds.get(String(name)) ?? [];
      seconds.set(String(name), [...known, ulidTime(String(executionId)) / 1000]);
    }
    expect(seconds.size).toBe(TRIGGERS);
    for (const slots of seconds.values()) {
      const sorted = slots.sort((a, b) => a - b);
      expect(sorted).toEqual(sorted.map((_, i) => (sorted[0] ?? 0) + i * STEP_SECONDS));
    }
  }

  it('with a store each: switched over between two slots, none is lost and none is doubled', async () => {
    await Promise.all([west.start(spinnaker), east.start(spinnaker)]);
    await more(2);
    west.switchTo(false);
    east.switchTo(true);
    await more(2);
    east.switchTo(false);
    west.switchTo(true);
    await more(2);

    expectEachSlotOnce();
  });

  describe('with a store that they share', () => {
    let database: TestDatabase;
    beforeAll(async () => void (database = await testDatabase()));
    afterAll(() => database.drop());

    it('one after the other is switched, whenever it may be: none is lost and none is doubled', async () => {
      const env = { SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url };
      await west.start(spinnaker, { ...env, ECHO_CLUSTER: 'west' });
      await east.start(spinnaker, { ...env, ECHO_CLUSTER: 'east' });
      await until(async () => (await clusters()) === 2);
      await more(2);
      west.switchTo(false);
      // Nobody fires for a moment: these slots are run late.
      await until(async () => (await enabled()) === 0);
      east.switchTo(true);
      await more(4);

      expectEachSlotOnce();
      expect(await count(`SELECT count(*)::int AS n FROM effects WHERE state = 'suppressed'`)).toBe(0);
    });

    const count = async (sql: string): Promise<number> =>
      (await database.source.query<{ n: number }[]>(sql))[0]?.n ?? Number.NaN;
    const clusters = () => count('SELECT count(*)::int AS n FROM clusters');
    const enabled = () => count('SELECT count(*)::int AS n FROM clusters WHERE enabled');
  });
});
