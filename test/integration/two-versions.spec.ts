import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { BUILT } from '../support/built.js';
import { EchoProcess } from '../support/echo-process.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { SlotsStarted } from '../support/slots-started.js';

const ROOT = path.join(import.meta.dirname, '../..');

/** As a next release may have it: more tables, and more columns in those that there are. */
const NEXT_SCRIPT = `
  ALTER TABLE effects ADD COLUMN next_release text NOT NULL DEFAULT 'x';
  ALTER TABLE cron_triggers ADD COLUMN next_release integer;
  CREATE TABLE next_release (id text PRIMARY KEY);`;

let database: TestDatabase;
let spinnaker: FakeSpinnaker;
let next: string;
const running = new Set<EchoProcess>();

beforeAll(async () => {
  database = await testDatabase();
  next = mkdtempSync(path.join(tmpdir(), 'echo-next-'));
  cpSync(BUILT, path.join(next, 'dist'), { recursive: true });
  for (const part of ['migrations', 'package.json'])
    cpSync(path.join(ROOT, part), path.join(next, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(next, 'node_modules'));
  writeFileSync(path.join(next, 'migrations/9999999999999-next-release.sql'), NEXT_SCRIPT);
});
afterEach(async () => {
  for (const echo of running) await echo.stop();
  await spinnaker.close();
});
afterAll(async () => {
  rmSync(next, { recursive: true, force: true });
  await database.drop();
});

async function start(script?: string): Promise<EchoProcess> {
  const env = {
    NEST_PROFILE: 'echo-scheduler',
    SQL_ENABLED: 'true',
    SQL_CONNECTIONPOOL_JDBCURL: database.url,
    FRONT50_BASEURL: spinnaker.front50.url,
    ORCA_BASEURL: spinnaker.orca.url,
  };
  const echo = await EchoProcess.start(env, script === undefined ? {} : { script });
  running.add(echo);
  return echo;
}

async function stop(echo: EchoProcess): Promise<void> {
  running.delete(echo);
  expect(await echo.stop()).toBe(0);
}

const migrations = async (): Promise<string[]> =>
  (await database.source.query<{ name: string }[]>('SELECT name FROM echo_migrations ORDER BY id')).map(
    ({ name }) => name,
  );

it('this release and the next one run side by side, and this one again after a step back; no slot is lost or doubled', async () => {
  const slots = new SlotsStarted(10, 2);
  spinnaker = await startFakeSpinnaker(slots.pipelines);

  const first = await start();
  await slots.more(1, spinnaker);
  const upgraded = await start(path.join(next, 'dist/main.js'));
  expect((await migrations()).at(-1)).toBe('next-release9999999999999');
  await slots.more(2, spinnaker);
  // The older one comes up on the newer schema too.
  const again = await start();
  await stop(first);
  await slots.more(2, spinnaker);
  await stop(upgraded);
  await slots.more(2, spinnaker);
  await stop(again);

  slots.expectEachOnce(spinnaker);
}, 120_000);
