import { Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigWorkspace } from '../../test/support/config-workspace.js';
import { Bus, type SettingsChanged, settingsChanged } from '../events/index.js';
import type { Job, JobRunner } from '../platform/lifecycle/index.js';
import { ConfigurationReload } from './configuration-reload.js';

const SECRET = 'xoxb-secret';

describe('the job that takes over edits', () => {
  let workspace: ConfigWorkspace;
  let said: string[];
  let published: SettingsChanged[];

  beforeEach(() => {
    workspace = new ConfigWorkspace();
    said = [];
    published = [];
    for (const level of ['log', 'warn', 'error'] as const) {
      vi.spyOn(Logger.prototype, level).mockImplementation((text: unknown) => void said.push(`${level}: ${text}`));
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
    workspace.remove();
  });

  /** The job as it was registered, over the files of the workspace. */
  function jobOver(): { edit: (text: string) => Promise<void>; job: Job; firstAfterMs: number | undefined } {
    const started: [Job, number | undefined][] = [];
    const bus = new Bus(new EventEmitter2());
    bus.subscribe(settingsChanged, 'test', (change) => void published.push(change));
    const jobs = { start: (job: Job, delayMs?: number) => void started.push([job, delayMs]) } as unknown as JobRunner;
    new ConfigurationReload(workspace.load().settings, bus, jobs).onApplicationBootstrap();
    const [job, firstAfterMs] = started[0]!;
    const edit = async (text: string): Promise<void> => {
      workspace.write('config/echo.yml', text);
      await job.run(new AbortController().signal);
    };
    return { edit, job, firstAfterMs };
  }

  it('looks every second, for the first time a second after the start', () => {
    const { job, firstAfterMs } = jobOver();

    expect([job.name, job.intervalMs(), firstAfterMs]).toEqual(['reload-configuration', 1000, 1000]);
  });

  it('says which values hold now and which wait for a restart, and tells other rooms', async () => {
    workspace.write('config/echo.yml', 'orca.enabled: true');
    const { edit } = jobOver();

    await edit(
      `orca: { enabled: false, baseUrl: http://other }\nrest.endpoints: [{ url: http://x, password: ${SECRET} }]`,
    );

    expect(said).toEqual([
      'log: Changed: orca.enabled is false (config/echo.yml:1)',
      'log: Changed: rest.endpoints[0].url is http://x (config/echo.yml:2)',
      'log: Changed: rest.endpoints[0].password is *** (config/echo.yml:2)',
      'warn: Changed in the files, but needs a restart: orca.baseUrl',
    ]);
    expect(published).toEqual([{ keys: ['orca.enabled', 'rest.endpoints'], restart: ['orca.baseUrl'] }]);
  });

  it('lists the faults of a broken edit once, and says when it is put right', async () => {
    workspace.write('config/echo.yml', 'orca.enabled: true');
    const { edit } = jobOver();

    await edit('orca: { enabled: fals }');
    await edit('orca: { enabled: fals }');
    await edit('orca.enabled: true');

    expect(said).toEqual([
      'error: The edited configuration cannot be used, everything stays as it was: ' +
        "config/echo.yml:1: orca.enabled: got 'fals', valid: true or false",
      'log: The configuration is good again.',
    ]);
    expect(published).toEqual([]);
  });

  it('warns of what is new and probably not meant', async () => {
    workspace.write('config/echo.yml', '{}');
    const { edit } = jobOver();

    await edit('orca.enable: false');

    expect(said).toEqual([
      "warn: config/echo.yml:1: 'orca.enable' is no key of Echo and has no effect; did you mean 'orca.enabled'?",
    ]);
  });

  it('is silent when nothing changed', async () => {
    workspace.write('config/echo.yml', 'orca.enabled: true');
    const { edit } = jobOver();

    await edit('# the same\norca.enabled: true');

    expect([said, published]).toEqual([[], []]);
  });
});
