import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.js';
import { httpConfig } from '../platform/http/index.js';
import type { Setting } from '../platform/settings/index.js';
import { ConfigWorkspace, sample } from '../../test/support/config-workspace.js';

/** The file that the recorded installation of the original ran with. */
const RECORDED = path.resolve(import.meta.dirname, '../../test/wire/cases/echo.yml');

describe('loading a configuration', () => {
  let workspace: ConfigWorkspace;
  beforeEach(() => void (workspace = new ConfigWorkspace()));
  afterEach(() => workspace.remove());

  describe('what wins', () => {
    it('lets each layer win over the one before: base, profile, spinnaker, echo, local, own profile, environment', () => {
      const poll = (): unknown => workspace.load({ NEST_PROFILE: 'echo-scheduler' }).settings.get(sample.pollMs);
      const seen = [poll()];

      for (const [place, name] of ['spinnaker', 'echo', 'echo-local', 'echo-scheduler'].entries()) {
        workspace.write(`config/${name}.yml`, `front50: { pollingIntervalMs: ${place + 1} }`);
        seen.push(poll());
      }
      const environment = { NEST_PROFILE: 'echo-scheduler', FRONT50_POLLINGINTERVALMS: '5' };
      seen.push(workspace.load(environment).settings.get(sample.pollMs));

      expect(seen).toEqual([30_000, 1, 2, 3, 4, 5]);
    });

    it("lets a profile's own file win over base files of later folders", () => {
      workspace.write('a/echo-scheduler.yml', 'front50.pollingIntervalMs: 1');
      workspace.write('b/echo.yml', 'front50.pollingIntervalMs: 2');

      const { settings } = workspace.load({ NEST_PROFILE: 'echo-scheduler', ECHO_CONFIG_PATH: 'a,b' });

      expect(settings.get(sample.pollMs)).toBe(1);
    });

    it.each(['a,b/echo.yml', 'a:b/echo.yml', ' a , b '])(
      'takes files and folders from %o, later ones winning',
      (where) => {
        workspace.write('a/echo.yml', 'front50.pollingIntervalMs: 1\norca.baseUrl: http://a');
        workspace.write('b/echo.yml', 'front50.pollingIntervalMs: 2');

        const { settings, operatorFiles } = workspace.load({ ECHO_CONFIG_PATH: where });

        expect([settings.get(sample.pollMs), settings.get(sample.orcaUrl)]).toEqual([2, 'http://a']);
        expect(operatorFiles).toEqual(['a/echo.yml', 'b/echo.yml']);
      },
    );

    it('replaces a list of an earlier file as a whole, and single elements by variables', () => {
      workspace.write('config/spinnaker.yml', 'rest.endpoints: [{ url: http://one }, { url: http://two }]');
      workspace.write('config/echo.yml', 'rest: { endpoints: [{ url: http://three, headers: { X-Test: "1" } }] }');

      const { settings } = workspace.load({
        REST_ENDPOINTS_0_PASSWORD: 'pw',
        REST_ENDPOINTS_0_HEADERS_XTEST: '2',
        REST_ENDPOINTS_1_URL: 'http://four',
        REST_ENDPOINTS_1_RETRY_COUNT: '3',
      });

      expect(settings.get(sample.endpoints)).toEqual([
        { url: 'http://three', wrap: false, retryCount: 1, password: 'pw', headers: { 'X-Test': '2' } },
        { url: 'http://four', wrap: false, retryCount: 3, headers: {} },
      ]);
    });

    it('lets a key without value take back what an earlier file said', () => {
      workspace.write('config/spinnaker.yml', 'slack.token: abc\nrest.endpoints: [{ url: http://one }]');
      workspace.write('config/echo.yml', 'slack:\n  token:\nrest: { endpoints: ~ }');

      const { settings } = workspace.load();

      expect([settings.get(sample.slackToken), settings.get(sample.endpoints)]).toEqual([undefined, []]);
      expect(settings.isSet(sample.slackToken)).toBe(false);
    });

    it('takes only variables that stand for a known key, and counts empty ones as not set', () => {
      const { settings } = workspace.load({
        ORCA_BASE_URL: 'http://orca:1',
        ORCA_ENABLED: '',
        ORCA_PORT: 'tcp://10.0.0.1:80',
        REST_ENDPOINTS: '',
        REST_ENDPOINTS_X_URL: 'http://no',
        QUIETPERIOD_SUPPRESSEDTRIGGERTYPES: 'cron, git',
        SPRING_MAIL_PROPERTIES_MAIL_SMTP_AUTH: 'true',
      });

      expect(settings.get(sample.orcaUrl)).toBe('http://orca:1');
      expect(settings.isSet(sample.endpoints)).toBe(false);
      expect(settings.get(sample.quietTypes)).toEqual(['cron', 'git']);
      expect(settings.get(sample.mail)).toEqual({ 'mail.smtp.auth': 'true' });
    });
  });

  describe('which profile', () => {
    it('is standalone when nobody said anything, and says so', () => {
      const { profile, notices, settings } = workspace.load();

      expect(profile).toBe('standalone');
      expect(notices).toEqual([expect.stringMatching(/^NEST_PROFILE is not set and no configuration was found/)]);
      expect(settings.get(sample.orcaUrl)).toBe('http://127.0.0.1:8089/sandbox/orca');
    });

    it('is the packaged echo when there is configuration but no profile, and says what that switches on', () => {
      workspace.write('config/echo.yml', 'spinnaker.baseUrl: http://deck');

      const { profile, notices, settings } = workspace.load();

      expect(profile).toBe('echo');
      expect([sample.scheduler, sample.poller, sample.compensation].map((one) => settings.get(one))).toEqual([
        true,
        true,
        false,
      ]);
      expect(notices).toEqual([
        "NEST_PROFILE is not set: running 'echo' as it was always packaged, since there is configuration in " +
          'config/echo.yml: scheduler.enabled is true (built-in base.yml:24), ' +
          'scheduler.pipelineConfigsPoller.enabled is true (built-in base.yml:26).',
      ]);
    });

    it('heeds services.echo.cron.enabled of a shared spinnaker.yml where no profile is named', () => {
      workspace.write('config/spinnaker.yml', 'services: { echo: { cron: { enabled: false } } }');

      expect(workspace.load().settings.get(sample.scheduler)).toBe(false);
      expect(workspace.load({ NEST_PROFILE: 'echo-scheduler' }).settings.get(sample.scheduler)).toBe(true);
    });

    it.each([['ORCA_BASEURL'], ['SERVICES_FRONT50_BASE_URL']])(
      'never simulates orca beside a peer named by %s',
      (name) => {
        expect(workspace.load({ [name]: 'http://peer:1' }).profile).toBe('echo');
      },
    );

    it('stays standalone for variables that only adjust it', () => {
      expect(workspace.load({ FRONT50_POLLINGINTERVALMS: '5' }).profile).toBe('standalone');
    });

    it('never simulates orca where ECHO_CONFIG_PATH names a folder, though it is empty, and says what is read', () => {
      mkdirSync(workspace.path('mount'));

      const { profile, warnings } = workspace.load({ ECHO_CONFIG_PATH: 'mount' });

      expect(profile).toBe('echo');
      expect(warnings).toEqual([
        'mount has none of the files that are read there: spinnaker.yml, echo.yml, spinnaker-local.yml, echo-local.yml.',
      ]);
    });
  });

  describe('a proxy', () => {
    const proxies = (env: Record<string, string>): readonly unknown[] => {
      const { settings } = workspace.load({ NEST_PROFILE: 'echo', ...env }, { settings: catalogue() });
      return [httpConfig.httpsProxy, httpConfig.httpProxy, httpConfig.noProxy].map((one) =>
        settings.get(one as Setting<unknown>),
      );
    };

    it.each([
      ['capitals', { HTTPS_PROXY: 'http://s:1', HTTP_PROXY: 'http://p:2', NO_PROXY: '.a, b' }],
      ['small letters', { https_proxy: 'http://s:1', http_proxy: 'http://p:2', no_proxy: '.a, b' }],
      ['no scheme', { https_proxy: 's:1', http_proxy: 'p:2', NO_PROXY: '.a,b' }],
    ])('is taken from the variables that every tool knows, in %s', (_spelling, env) => {
      expect(proxies(env)).toEqual(['http://s:1', 'http://p:2', ['.a', 'b']]);
    });

    it('is none where they are not set', () => {
      expect(proxies({ HTTPS_PROXY: '' })).toEqual(['', '', []]);
    });

    it("is the configuration's own where it names one", () => {
      workspace.write('config/echo.yml', 'platform.http.httpsProxy: http://mine:3');

      expect(proxies({ HTTPS_PROXY: 'http://s:1' })).toEqual(['http://mine:3', '', []]);
    });

    it('is told at boot, without its password', () => {
      const env = { NEST_PROFILE: 'echo', HTTPS_PROXY: 'http://me:hush@s:1', NO_PROXY: '.svc,10.0.0.0/8' };

      expect(workspace.load(env, { settings: catalogue() }).notices).toEqual([
        'Outgoing calls use a proxy: https through http://***@s:1. Called directly: this machine, .svc, 10.0.0.0/8.',
      ]);
    });
  });

  describe("an operator's existing files", () => {
    it('loads the configuration of a running installation without a word', () => {
      workspace.write('config/echo.yml', readFileSync(RECORDED, 'utf8').replace('@PORT@', '8089'));

      const { settings, warnings } = workspace.load({ NEST_PROFILE: 'echo' });

      expect(warnings).toEqual([]);
      expect(settings.get(sample.pollMs)).toBe(2000);
      expect(settings.get(sample.scheduler)).toBe(true);
      expect(settings.get(sample.endpoints).map(({ url, wrap, headers }) => [url, wrap, headers])).toEqual([
        ['http://127.0.0.1:18090/rest/plain/', false, {}],
        ['http://127.0.0.1:18090/rest/wrapped/', true, {}],
        ['http://127.0.0.1:18090/rest/flat/', true, { 'X-Test': 'yes' }],
        ['http://127.0.0.1:18090/rest/auth/', false, {}],
      ]);
    });

    it('loads it with all rooms as well', () => {
      workspace.write('config/echo.yml', readFileSync(RECORDED, 'utf8').replace('@PORT@', '8089'));

      const { settings, warnings } = workspace.load({ NEST_PROFILE: 'echo' }, { settings: catalogue() });

      expect(warnings).toEqual([]);
      expect(settings.effective()).toContainEqual({
        key: 'spinnaker.baseUrl',
        value: 'http://deck.example:9000',
        origin: 'config/echo.yml:2',
      });
    });

    it('fills placeholders from keys of other services and from variables', () => {
      workspace.write(
        'config/spinnaker.yml',
        'services: { orca: { host: orca.internal, base-url: "http://${services.orca.host}:${ORCA_P:80}" } }',
      );

      expect(workspace.load().settings.get(sample.orcaUrl)).toBe('http://orca.internal:80');
      expect(workspace.load({ ORCA_P: '81' }).settings.get(sample.orcaUrl)).toBe('http://orca.internal:81');
      expect(workspace.load({ SERVICES_ORCA_BASEURL: 'http://x' }).settings.get(sample.orcaUrl)).toBe('http://x');
    });

    it('reads documents for Spring profiles that are active, and files of further ones', () => {
      workspace.write(
        'config/echo.yml',
        'orca.baseUrl: http://a\n---\nspring.profiles: prod\norca.baseUrl: http://prod\n---\n' +
          'spring.config.activate.on-profile: test\norca.baseUrl: http://test',
      );
      workspace.write('config/echo-prod.yml', 'front50.polling-interval-ms: 7');

      const plain = workspace.load().settings;
      const prod = workspace.load({ SPRING_PROFILES_ACTIVE: 'local,prod' }).settings;

      expect([plain.get(sample.orcaUrl), plain.get(sample.pollMs)]).toEqual(['http://a', 30_000]);
      expect([prod.get(sample.orcaUrl), prod.get(sample.pollMs)]).toEqual(['http://prod', 7]);
    });

    it('is silent about keys of other services and of the JVM, even with placeholders that lead nowhere', () => {
      workspace.write(
        'config/spinnaker.yml',
        'providers: { aws: "${AWS_HOME}" }\nserver.tomcat.max-threads: 5\nacme: { x: 1 }',
      );

      expect(workspace.load().warnings).toEqual([]);
    });

    it('names what has no effect once, and what is probably a slip', () => {
      workspace.write(
        'config/echo.yml',
        [
          'spring.freemarker: { template-loader-path: /x, enabled: false }',
          'spinnaker.cassandra: { cluster: a }',
          'orca: { basUrl: http://x }',
          'rest.endpoints: [{ url: http://x, retyCount: 2 }]',
          'shceduler.enabled: true',
          'scheduler: { somethingElse: 1, compensation-job: { enabled: true, window-ms: 5 } }',
          'keel: { baseUrl: http://a, base-url: http://b }',
          'spinnaker.cassandra.keyspace: b',
        ].join('\n'),
      );

      expect(workspace.load().warnings).toEqual([
        "config/echo.yml:7: 'keel.baseUrl' and 'keel.base-url' are one key with two values; the last one holds.",
        "config/echo.yml:1: 'spring.freemarker.templateLoaderPath' has no effect: templates are Handlebars: put yours into notifications.templatePath, with ${x} as {{x}} and <#if x??> … </#if> as {{#if x}} … {{/if}} (docs/notifications.md has the rest).",
        "config/echo.yml:2: 'spinnaker.cassandra' has no effect: nothing reads it, in the original neither: take the line out.",
        "config/echo.yml:3: 'orca.basUrl' is no key of Echo and has no effect; did you mean 'orca.baseUrl'?",
        "config/echo.yml:5: 'shceduler.enabled' is no key of Echo and has no effect; did you mean 'scheduler.enabled'?",
        "config/echo.yml:6: 'scheduler.somethingElse' is no key of Echo and has no effect.",
        "config/echo.yml:4: 'rest.endpoints[0].retyCount' is no key of Echo and has no effect; did you mean 'retryCount'?",
      ]);
    });
  });
});
