import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigWorkspace, sample } from '../../test/support/config-workspace.js';
import { orcaConfig } from '../clients/orca/orca.config.js';
import { setting } from '../platform/settings/index.js';
import { spinnakerConfig } from '../platform/settings/spinnaker.config.js';
import { firedByAnother } from '../slots/policy/hand-over.js';
import { catalogue } from './catalogue.js';
import { openConfiguration } from './load.js';
import { serverConfig } from './server.config.js';

const INSTALLATIONS = path.join(import.meta.dirname, '../../test/fixtures/installations');
const SHADOW = path.join(import.meta.dirname, '../../examples/migration/echo-shadow.yml');
/** What they switch starts nothing and tells nobody. */
const ONLY_READS = ['fiat.enabled', 'igor.enabled', 'quietPeriod.enabled', 'scheduler.enabled', 'sql.enabled'];
const cron = setting.text('scheduler.cron.timezone', { description: 'x' });
const password = setting.text('sql.connectionPool.password', { description: 'x', secret: true });
const jdbcUrl = setting.text('sql.connectionPool.jdbcUrl', { description: 'x' });

/** The catalogue with settings of a test's own, in place of those under the same key. */
const known = [
  ...catalogue().filter((one) => ![cron, password, jdbcUrl, sample.slackToken].some(({ key }) => key === one.key)),
  cron,
  password,
  jdbcUrl,
  sample.slackToken,
];

describe("an installation's configuration", () => {
  let workspace: ConfigWorkspace;
  beforeEach(() => void (workspace = new ConfigWorkspace()));
  afterEach(() => workspace.remove());

  const install = (name: string, at: string): string => {
    cpSync(path.join(INSTALLATIONS, name), workspace.path(at), { recursive: true });
    return workspace.path(at);
  };

  it.each([
    ['worker,local', 'echo', false],
    ['scheduler,local', 'echo-scheduler', true],
  ])('as Halyard writes it loads whole for %s without a warning', (spring, profile, schedules) => {
    const installed = install('halyard', 'opt');
    const schedule = known.find(({ key }) => key === 'scheduler.enabled') ?? sample.scheduler;

    const loaded = workspace.load(
      { SPRING_PROFILES_ACTIVE: spring },
      { settings: [...known.filter((one) => one !== schedule), schedule], installed },
    );

    expect([loaded.profile, loaded.warnings]).toEqual([profile, []]);
    const { settings } = loaded;
    expect(
      [orcaConfig.baseUrl, spinnakerConfig.baseUrl, cron, schedule].map((one) => settings.get(one as never)),
    ).toEqual(['http://spin-orca.spinnaker:8083', 'https://spinnaker.example', 'Europe/Berlin', schedules]);
    expect([settings.get(serverConfig.port), settings.get(serverConfig.address)]).toEqual([8089, '0.0.0.0']);
  });

  it('as spinnaker-kustomize mounts it loads whole without a warning, secrets and all', async () => {
    const installed = install('kustomize', 'opt');
    workspace.write('secrets/echo-db/password', 'from the mount\n');
    workspace.write('secrets/slack/token', 'xoxb-mounted\n');
    const secrets = workspace.path('secrets');

    const { settings, warnings, profile } = await openConfiguration({
      env: { SPRING_PROFILES_ACTIVE: 'local,prod', ECHO_SECRETS_PATH: secrets, SECRETS: secrets },
      cwd: workspace.cwd,
      installed,
      settings: known,
    });

    expect([profile, warnings]).toEqual(['echo', []]);
    expect(
      [password, jdbcUrl, sample.slackToken, spinnakerConfig.baseUrl].map((one) => settings.get(one as never)),
    ).toEqual([
      'from the mount',
      'jdbc:postgresql://postgres.spinnaker:5432/echo',
      'xoxb-mounted',
      'https://deck.prod.example',
    ]);
  });

  it('acts in no way where an Echo looks on with examples/migration/echo-shadow.yml', () => {
    const switches = catalogue().filter(({ key }) => /^[a-z]+\.enabled$/i.test(key) && !ONLY_READS.includes(key));
    const on = Object.fromEntries(switches.map(({ key }) => [key, true]));
    const installed = install('halyard', 'opt');
    workspace.write('opt/echo-prod.yml', JSON.stringify(on));
    cpSync(SHADOW, workspace.path('opt/echo-shadow.yml'));

    const { settings, warnings } = workspace.load(
      { SPRING_PROFILES_ACTIVE: 'worker,prod,shadow' },
      { settings: catalogue(), installed },
    );

    expect(warnings).toEqual([]);
    expect(switches.filter((one) => settings.get(one))).toEqual([]);
    const slot = Date.parse('2099-12-31T00:00:00Z');
    expect(firedByAnother(slot, settings)).toBeDefined();
  });

  it('is found in ./config, the installed folder, its sub-folders and ~/.spinnaker, later ones winning', () => {
    const seen: unknown[] = [];
    const env = { HOME: workspace.path('home') };
    for (const [at, folder] of ['config', 'opt', 'opt/mount', 'home/.spinnaker'].entries()) {
      workspace.write(`${folder}/echo.yml`, `front50.pollingIntervalMs: ${at}`);
      workspace.write('opt/..data/echo.yml', 'front50.pollingIntervalMs: 99');
      seen.push(workspace.load(env, { installed: workspace.path('opt') }).settings.get(sample.pollMs));
    }

    expect(seen).toEqual([99, 1, 2, 3].map((value, at) => (at === 0 ? 0 : value)));
  });

  it('is what NEST_PROFILE says, whatever Spring calls it', () => {
    const env = { NEST_PROFILE: 'echo-missed-scheduler', SPRING_PROFILES_ACTIVE: 'scheduler,local' };

    expect(workspace.load(env).profile).toBe('echo-missed-scheduler');
  });

  it('reads SPRING_APPLICATION_JSON over files and other variables, nested or dotted', () => {
    workspace.write('config/echo.yml', 'rest.endpoints: [{ url: http://a }, { url: http://b }]\nslack.token: a');

    const { settings } = workspace.load({
      ORCA_BASEURL: 'http://variable',
      SPRING_APPLICATION_JSON: JSON.stringify({
        'orca.baseUrl': 'http://json',
        rest: { endpoints: [{ url: 'http://c', 'retry-count': 3 }] },
        slack: { token: null },
      }),
    });

    expect(settings.get(sample.orcaUrl)).toBe('http://json');
    expect(settings.get(sample.endpoints)).toMatchObject([{ url: 'http://c', retryCount: 3 }]);
    expect(settings.get(sample.slackToken)).toBeUndefined();
    expect(settings.effective()).toContainEqual({
      key: 'orca.baseUrl',
      value: 'http://json',
      origin: 'variable SPRING_APPLICATION_JSON',
    });
  });

  it('counts as there when only SPRING_APPLICATION_JSON is', () => {
    expect(workspace.load({ SPRING_APPLICATION_JSON: '{"front50":{"pollingIntervalMs":7}}' }).profile).toBe('echo');
  });

  it('imports files over the file that asks, in circles too, for active profiles only', () => {
    workspace.write(
      'config/echo.yml',
      'spring.config.import: ../more/a.yml, file:${DIR}/b.yml\norca.baseUrl: http://e',
    );
    workspace.write('more/a.yml', 'spring.config.import: ../config/echo.yml\norca.baseUrl: http://a\nslack.token: a');
    workspace.write(
      'more/b.yml',
      'front50.pollingIntervalMs: 5\n---\nspring.config: { activate.on-profile: test, import: gone.yml }',
    );

    const { settings, operatorFiles } = workspace.load({ DIR: workspace.path('more') });

    expect(operatorFiles).toEqual(['config/echo.yml', 'more/a.yml', 'more/b.yml']);
    expect([sample.orcaUrl, sample.slackToken, sample.pollMs].map((one) => settings.get(one as never))).toEqual([
      'http://a',
      'a',
      5,
    ]);
  });

  it.each([
    ['the one that is marked', 'a: { jdbcUrl: no }, b: { default: true, jdbcUrl: yes }'],
    ['the one called default', 'a: { jdbcUrl: no }, default: { jdbcUrl: yes }'],
    ['the only one', 'a: { jdbcUrl: yes }'],
  ])('takes of several connection pools %s', (_which, pools) => {
    workspace.write('config/echo.yml', `sql: { connectionPools: { ${pools} } }`);

    expect(workspace.load({}, { settings: [jdbcUrl] }).settings.get(jdbcUrl)).toBe('yes');
  });

  it('lets sql.connectionPool win over the pools', () => {
    workspace.write('config/echo.yml', 'sql: { connectionPools: { a: { jdbcUrl: no } }, connectionPool.jdbcUrl: yes }');

    expect(workspace.load({}, { settings: [jdbcUrl] }).settings.get(jdbcUrl)).toBe('yes');
  });
});
