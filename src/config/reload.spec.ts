import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigWorkspace, sample } from '../../test/support/config-workspace.js';
import { setting } from '../platform/settings/index.js';
import { ConfigurationError } from './fault.js';

describe('editing the configuration while Echo runs', () => {
  let workspace: ConfigWorkspace;
  beforeEach(() => void (workspace = new ConfigWorkspace()));
  afterEach(() => workspace.remove());

  it('takes over a dynamic setting at once, and says which ones', () => {
    workspace.write('config/echo.yml', 'orca: { enabled: true }');
    const { settings } = workspace.load();

    workspace.write('config/echo.yml', 'orca: { enabled: false }');
    const outcome = settings.reload();

    expect(outcome).toEqual({ kind: 'changed', keys: ['orca.enabled'], restart: [], warnings: [] });
    expect(settings.get(sample.orcaEnabled)).toBe(false);
  });

  it('leaves all other settings as they were at the start, and names those that wait for a restart', () => {
    workspace.write('config/echo.yml', 'orca.baseUrl: http://a');
    const { settings } = workspace.load();

    workspace.write('config/echo.yml', 'orca.baseUrl: http://b\nrest.endpoints: [{ url: http://x }]');
    const outcome = settings.reload();

    expect(outcome).toEqual({ kind: 'changed', keys: ['rest.endpoints'], restart: ['orca.baseUrl'], warnings: [] });
    expect(settings.get(sample.orcaUrl)).toBe('http://a');
    expect(settings.get(sample.endpoints)).toHaveLength(1);
    expect(settings.effective()).toContainEqual({
      key: 'orca.baseUrl',
      value: 'http://a',
      origin: 'config/echo.yml:1',
    });
  });

  it('says nothing when nothing changed, or only comments did', () => {
    workspace.write('config/echo.yml', 'orca.enabled: false');
    const { settings } = workspace.load();

    expect(settings.reload()).toEqual({ kind: 'unchanged' });
    workspace.write('config/echo.yml', '# off for the night\norca.enabled: false');
    expect(settings.reload()).toEqual({ kind: 'unchanged' });
    expect(settings.get(sample.orcaEnabled)).toBe(false);
  });

  it('sees an edit that keeps the length of the file', () => {
    workspace.write('config/echo.yml', 'quietPeriod.suppressedTriggerTypes: aaa');
    const { settings } = workspace.load();

    workspace.write('config/echo.yml', 'quietPeriod.suppressedTriggerTypes: bbb');

    expect(settings.reload()).toMatchObject({ kind: 'changed' });
    expect(settings.get(sample.quietTypes)).toEqual(['bbb']);
  });

  it.each([
    ['orca: { enabled: fals }', "config/echo.yml:1: orca.enabled: got 'fals'"],
    ['orca: { enabled: ', 'config/echo.yml:1: not YAML'],
  ])('keeps the last good values over a broken edit, and says so once: %s', (text, start) => {
    workspace.write('config/echo.yml', 'orca: { enabled: false }');
    const { settings } = workspace.load();

    workspace.write('config/echo.yml', text);
    const outcome = settings.reload();

    expect(outcome.kind).toBe('kept');
    const [fault] = outcome.kind === 'kept' ? outcome.faults : [];
    expect(`${fault?.where}: ${[fault?.key ?? [], fault?.problem].flat().join(': ')}`.startsWith(start)).toBe(true);
    expect(settings.reload()).toEqual({ kind: 'unchanged' });
    expect(settings.get(sample.orcaEnabled)).toBe(false);
  });

  it('says when a broken edit was put right, although no value changed', () => {
    workspace.write('config/echo.yml', 'orca: { enabled: false }');
    const { settings } = workspace.load();
    workspace.write('config/echo.yml', 'orca: [');
    settings.reload();

    workspace.write('config/echo.yml', 'orca: { enabled: false }');

    expect(settings.reload()).toEqual({ kind: 'changed', keys: [], restart: [], warnings: [] });
    expect(settings.reload()).toEqual({ kind: 'unchanged' });
  });

  it('does not switch triggers back on while the file that holds them is being written or moved', () => {
    workspace.write('config/echo.yml', 'orca: { enabled: false }');
    const { settings } = workspace.load();

    workspace.write('config/echo.yml', '');
    const emptied = settings.reload();
    rmSync(workspace.path('config/echo.yml'));
    const gone = settings.reload();

    expect(emptied).toMatchObject({ kind: 'kept', faults: [{ where: 'config/echo.yml' }] });
    expect(gone).toMatchObject({ kind: 'kept' });
    expect(gone.kind === 'kept' && gone.faults.map(({ problem }) => problem)).toContain(
      'is gone; restart Echo if that is meant',
    );
    expect(settings.get(sample.orcaEnabled)).toBe(false);
  });

  it('refuses an edit that would switch off the role of this process', () => {
    const { settings } = workspace.load({ NEST_PROFILE: 'echo-scheduler' });

    workspace.write('config/echo-scheduler.yml', 'scheduler.enabled: false\norca.enabled: false');

    expect(settings.reload()).toMatchObject({ kind: 'kept', faults: [{ key: 'scheduler.enabled' }] });
    expect(settings.get(sample.orcaEnabled)).toBe(true);
  });

  it('reads a file that appears later, and warns of what is new in it', () => {
    workspace.write('config/echo.yml', 'orca.enabled: true\norca.basUrl: http://x');
    const { settings } = workspace.load();

    workspace.write('config/echo-local.yml', 'orca.enabled: false\norca.enable: false');

    expect(settings.reload()).toEqual({
      kind: 'changed',
      keys: ['orca.enabled'],
      restart: [],
      warnings: [
        "config/echo-local.yml:2: 'orca.enable' is no key of Echo and has no effect; did you mean 'orca.enabled'?",
      ],
    });
  });

  it('still lets the environment win', () => {
    workspace.write('config/echo.yml', 'orca.enabled: true');
    const { settings } = workspace.load({ ORCA_ENABLED: 'true' });

    workspace.write('config/echo.yml', 'orca.enabled: false');

    expect(settings.reload()).toEqual({ kind: 'unchanged' });
    expect(settings.get(sample.orcaEnabled)).toBe(true);
  });

  it("sees the swap of a mounted ConfigMap, which changes none of the folder's own entries", () => {
    const swapTo = (version: string, text: string): void => {
      workspace.write(`mount/..${version}/echo.yml`, text);
      symlinkSync(`..${version}`, workspace.path('mount/..data_tmp'));
      renameSync(workspace.path('mount/..data_tmp'), workspace.path('mount/..data'));
    };
    mkdirSync(workspace.path('mount'));
    swapTo('2026_1', 'orca.enabled: true');
    symlinkSync('..data/echo.yml', workspace.path('mount/echo.yml'));
    const { settings } = workspace.load({ ECHO_CONFIG_PATH: 'mount' });

    swapTo('2026_2', 'orca.enabled: false');
    rmSync(workspace.path('mount/..2026_1'), { recursive: true });

    expect(settings.reload()).toMatchObject({ kind: 'changed', keys: ['orca.enabled'] });
    expect(settings.get(sample.orcaEnabled)).toBe(false);
  });

  describe('settings that the catalogue does not have', () => {
    const own = setting.count('acme.limit', { description: 'x', default: 1, dynamic: true });

    it('are read when first asked for, variables included, and follow edits', () => {
      workspace.write('config/echo.yml', 'acme: { limit: 2 }');
      const { settings } = workspace.load();
      const first = settings.get(own);

      workspace.write('config/echo.yml', 'acme: { limit: 3 }');
      const outcome = settings.reload();

      expect([first, settings.get(own)]).toEqual([2, 3]);
      expect(outcome).toMatchObject({ kind: 'changed', keys: ['acme.limit'] });
      expect(workspace.load({ ACME_LIMIT: '4' }).settings.get(own)).toBe(4);
    });

    it('fail with the place of the fault', () => {
      workspace.write('config/echo.yml', 'acme: { limit: few }');
      const { settings } = workspace.load();

      expect(() => settings.get(own)).toThrow(ConfigurationError);
      expect(() => settings.get(own)).toThrow("config/echo.yml:1: acme.limit: got 'few', valid: whole number ≥ 0");
    });
  });
});
