import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigWorkspace } from '../../test/support/config-workspace.js';
import { renderEffective } from './print.js';

describe('showing the effective configuration', () => {
  let workspace: ConfigWorkspace;
  beforeEach(() => void (workspace = new ConfigWorkspace()));
  afterEach(() => workspace.remove());

  const SECRET = 'hush-hush';
  const FILE = [
    `slack.token: ${SECRET}`,
    'rest:',
    '  endpoints:',
    `    - url: http://user:${SECRET}@host/x?token=${SECRET}&a=b`,
    `      password: ${SECRET}`,
    `      headers: { X-Anything: ${SECRET} }`,
    'spring.mail.properties.mail.smtp.auth: true',
  ].join('\n');

  it('tells of every value where it comes from', () => {
    workspace.write('config/echo.yml', FILE);

    const { settings } = workspace.load({ NEST_PROFILE: 'echo', ORCA_ENABLED: 'no' });

    expect(settings.effective()).toEqual([
      { key: 'orca.baseUrl', value: 'http://localhost:8083', origin: 'built-in base.yml:14' },
      { key: 'orca.enabled', value: 'no', origin: 'variable ORCA_ENABLED' },
      { key: 'front50.pollingIntervalMs', value: '30000', origin: 'default' },
      { key: 'scheduler.enabled', value: 'false', origin: 'built-in echo.yml:3' },
      { key: 'scheduler.pipelineConfigsPoller.enabled', value: 'false', origin: 'built-in echo.yml:5' },
      { key: 'scheduler.compensationJob.enabled', value: 'false', origin: 'built-in echo.yml:7' },
      { key: 'quietPeriod.suppressedTriggerTypes', value: '[]', origin: 'default' },
      { key: 'slack.token', value: '***', origin: 'config/echo.yml:1' },
      { key: 'rest.endpoints[0].url', value: 'http://***@host/x?token=***&a=b', origin: 'config/echo.yml:4' },
      { key: 'rest.endpoints[0].password', value: '***', origin: 'config/echo.yml:5' },
      { key: 'rest.endpoints[0].headers.X-Anything', value: '***', origin: 'config/echo.yml:6' },
      { key: 'spring.mail.properties.mail.smtp.auth', value: 'true', origin: 'config/echo.yml:7' },
      { key: 'sql.enabled', value: 'false', origin: 'default' },
    ]);
  });

  it('prints it as YAML that loads to the same, with the origins as comments and without secrets', () => {
    workspace.write('config/echo.yml', `${FILE}\nquietPeriod: { suppressedTriggerTypes: ["cron", "a: b"] }`);
    const loaded = workspace.load({ NEST_PROFILE: 'echo' });

    const printed = renderEffective(loaded);
    workspace.write('again/echo.yml', printed);
    const again = workspace.load({ NEST_PROFILE: 'echo', ECHO_CONFIG_PATH: 'again' });

    expect(printed).not.toContain(SECRET);
    expect(printed).toMatch(/^orca\.enabled: true +# built-in base\.yml:13$/m);
    expect(again.settings.effective().map(({ key, value }) => [key, value])).toEqual(
      loaded.settings.effective().map(({ key, value }) => [key, value]),
    );
  });
});
