import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

describe('the database', () => {
  let database: TestDatabase;
  let echo: RunningEcho | undefined;
  beforeAll(async () => void (database = await testDatabase({ empty: true })));
  afterAll(() => database.drop());
  afterEach(async () => {
    await echo?.close();
    echo = undefined;
  });

  const health = async () => (await (await echo?.get('/health/readiness'))?.json()) as { parts: { database: object } };

  it('is migrated at boot, and is a part of health', async () => {
    echo = await startEcho({ env: { SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url } });
    expect(await health()).toMatchObject({ parts: { database: { status: 'UP' } } });
    expect(await database.source.query('SELECT count(*)::int AS n FROM effects')).toEqual([{ n: 0 }]);
  });

  it('stops the boot when none is named', async () => {
    await expect(startEcho({ env: { SQL_ENABLED: 'true' } })).rejects.toThrow(/sql.embedded to true/);
  });

  it('may be an embedded one, which keeps its data', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'echo-embedded-'));
    chmodSync(folder, 0o755);
    const env = { SQL_ENABLED: 'true', SQL_EMBEDDED: 'true', SQL_EMBEDDEDFOLDER: path.join(folder, 'data') };
    for (let time = 0; time < 2; time++) {
      echo = await startEcho({ env });
      expect(await health()).toMatchObject({ parts: { database: { status: 'UP' } } });
      await echo.close();
    }
    echo = undefined;
    rmSync(folder, { recursive: true, force: true });
  });
});
