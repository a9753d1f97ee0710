import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bus, type SettingsChanged, settingsChanged } from '../../src/events/index.js';
import { type EventDecided, eventDecided } from '../../src/pipelines/index.js';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const POSTERS = 4;
const SOME = 20;
const ON = 'orca: { enabled: true }';
const OFF = 'orca: { enabled: false }';
const BROKEN = 'orca: { enabled: ';

describe('editing a configuration file under load', () => {
  let folder: string;
  let echo: RunningEcho;
  const file = (): string => path.join(folder, 'echo.yml');

  beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'echo-hot-'))));
  let posting: boolean;
  afterEach(async () => {
    posting = false;
    await echo.close();
    rmSync(folder, { recursive: true });
  });

  /** Looks at the files that began after the call. */
  async function lookedAt(): Promise<void> {
    const looks = async (): Promise<number> => {
      const jobs = (await (await echo.get('/admin/jobs')).json()) as { name: string; runs: number }[];
      return jobs.find(({ name }) => name === 'reload-configuration')?.runs ?? 0;
    };
    const enough = (await looks()) + 2;
    await until(async () => (await looks()) >= enough);
  }

  it('loses no event, keeps the last good values over broken edits, and flips the switch while events come in', async () => {
    writeFileSync(file(), ON);
    echo = await startEcho({
      pipelines: [webhookPipeline('busy')],
      env: { ECHO_CONFIG_PATH: folder, PLATFORM_SETTINGS_RELOADINTERVALMS: '50' },
    });
    const decided: EventDecided[] = [];
    const changes: SettingsChanged[] = [];
    const bus = echo.app.get(Bus, { strict: false });
    bus.subscribe(eventDecided, 'test', (event) => void decided.push(event));
    bus.subscribe(settingsChanged, 'test', (change) => void changes.push(change));
    const starts = (): string[] =>
      decided.flatMap(({ decisions }) =>
        decisions.map((decision) => (decision.kind === 'matched' ? decision.start.kind : 'rejected')),
      );
    const count = (kind: string): number => starts().filter((start) => start === kind).length;
    const more = async (kind: string): Promise<void> => {
      const enough = count(kind) + SOME;
      await until(() => count(kind) >= enough);
    };

    const accepted: string[] = [];
    posting = true;
    const posters = Array.from({ length: POSTERS }, async () => {
      while (posting) {
        const answer = await echo.post('/webhooks/webhook/busy', {});
        expect(answer.status).toBe(200);
        accepted.push(((await answer.json()) as { eventId: string }).eventId);
      }
    });

    await more('submitted');
    writeFileSync(file(), BROKEN);
    await lookedAt();
    await more('submitted');
    const suppressedBefore = count('suppressed');
    writeFileSync(`${file()}.new`, OFF);
    renameSync(`${file()}.new`, file());
    await more('suppressed');
    const submittedUntilOff = count('submitted');
    rmSync(file());
    await lookedAt();
    writeFileSync(file(), BROKEN);
    await lookedAt();
    await more('suppressed');
    const submittedWhileOff = count('submitted') - submittedUntilOff;
    writeFileSync(file(), ON);
    await more('submitted');
    posting = false;
    await Promise.all(posters);
    await echo.idle();

    expect(suppressedBefore).toBe(0);
    expect(submittedWhileOff).toBe(0);
    expect(changes.map(({ keys }) => keys)).toEqual([['orca.enabled'], ['orca.enabled']]);
    expect(decided.map(({ eventId }) => eventId).sort()).toEqual([...accepted].sort());
    expect(starts()).toHaveLength(accepted.length);
    expect(count('submitted') + count('suppressed')).toBe(accepted.length);
    const executions = echo.spinnaker.orca.posted('/orchestrate').map(({ executionId }) => executionId);
    expect(new Set(executions).size).toBe(count('submitted'));
    expect(executions).toHaveLength(count('submitted'));
  });
});
