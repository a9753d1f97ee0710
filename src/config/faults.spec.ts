import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigWorkspace } from '../../test/support/config-workspace.js';

type Files = Record<string, string>;
type Environment = Record<string, string>;

/** What is broken, the files and variables, and the faults that must be listed, without the frame. */
const BROKEN: readonly (readonly [title: string, files: Files, env: Environment, faults: readonly string[]])[] = [
  [
    'a value of the wrong type',
    { 'echo.yml': '# comment\norca:\n  base-url: orca:8083\n' },
    {},
    ["config/echo.yml:3: orca.baseUrl: got 'orca:8083', valid: absolute http or https URL"],
  ],
  [
    'a variable of the wrong type',
    {},
    { NEST_PROFILE: 'echo', FRONT50_POLLINGINTERVALMS: 'soon' },
    [
      "variable FRONT50_POLLINGINTERVALMS: front50.pollingIntervalMs: got 'soon', " +
        'valid: milliseconds, a whole number ≥ 0 or a text such as 30s',
    ],
  ],
  [
    'a secret of the wrong type, which is not shown',
    { 'echo.yml': 'slack.token: [xoxb-1, xoxb-2]\nrest.endpoints: [{ url: http://x, password: [hush] }]' },
    {},
    [
      'config/echo.yml:1: slack.token: got a list, valid: text',
      'config/echo.yml:2: rest.endpoints[0].password: got a list, valid: a text',
    ],
  ],
  [
    'members of a structured value',
    {
      'echo.yml':
        'rest:\n  endpoints:\n    - url: http://x\n      wrap: perhaps\n    - wrap: true\n      retry-count: 0\n',
    },
    {},
    [
      "config/echo.yml:4: rest.endpoints[0].wrap: got 'perhaps', valid: true or false",
      'config/echo.yml:5: rest.endpoints[1].url: is missing, valid: a text',
      "config/echo.yml:6: rest.endpoints[1].retryCount: got '0', valid: number to be >=1",
    ],
  ],
  [
    'an object where a list is needed, and the other way round',
    { 'echo.yml': 'rest.endpoints: { url: http://x }\norca: [http://x]\nscheduler: true\n' },
    {},
    [
      'config/echo.yml:2: orca: got a list, valid: an object with keys such as orca.baseUrl, orca.enabled',
      'config/echo.yml:3: scheduler: got a text, valid: an object with keys such as scheduler.enabled, ' +
        'scheduler.pipelineConfigsPoller.enabled, scheduler.compensationJob.enabled',
      'config/echo.yml:1: rest.endpoints: got an object, valid: list of endpoints',
    ],
  ],
  [
    'placeholders that lead nowhere or in a circle',
    {
      'spinnaker.yml': 'a: ${b}\nb: ${c.d}\nc: { d: "${a}" }\norca.base-url: ${a}\n',
      'echo.yml': 'slack.token: x-${SLACK_TOKEN}\n',
    },
    {},
    [
      'config/spinnaker.yml:4: orca.baseUrl: its placeholders go round in a circle: orca.baseUrl → a → b → c.d → a',
      'config/echo.yml:1: slack.token: ${SLACK_TOKEN} is set nowhere and has no default',
    ],
  ],
  [
    'secrets in stores that Echo does not know, and how it does not know them',
    { 'echo.yml': 'slack.token: encrypted:vault!e:kv!p:x\nrest.endpoints: [{ url: http://x, password: secret://y }]' },
    {},
    [
      "config/echo.yml:1: slack.token: is in the secret store 'vault', which Echo does not open: " +
        'it opens k8s, kubernetes, secrets-manager, s3, google-secrets-manager, gcs',
      'config/echo.yml:2: rest.endpoints[0].password: a reference into a secret store is written as ' +
        'encrypted:<store>!<key>:<value>!…',
    ],
  ],
  [
    'files that are not YAML or hold no keys, all of them',
    { 'spinnaker.yml': 'a: {\nb: 1\n', 'echo.yml': 'a: 1\na: 2\n', 'echo-local.yml': '- a\n' },
    {},
    [
      'config/spinnaker.yml:2: not YAML: Flow map in block collection must be sufficiently indented and end with a }',
      'config/echo.yml:2: not YAML: Map keys must be unique',
      'config/echo-local.yml:1: got a list, valid: keys with values',
    ],
  ],
  [
    'a scheduler that is switched off by the operator',
    { 'spinnaker.yml': 'scheduler:\n  enabled: false\n', 'echo-scheduler.yml': 'scheduler:\n\n  enabled: ${on:no}\n' },
    { NEST_PROFILE: 'echo-scheduler' },
    [
      'config/echo-scheduler.yml:3: scheduler.enabled: is off, but it is what NEST_PROFILE=echo-scheduler is for: ' +
        'set it to true, or choose another profile',
    ],
  ],
  [
    'a missed scheduler that is switched off by a variable',
    {},
    { NEST_PROFILE: 'echo-missed-scheduler', SCHEDULER_COMPENSATIONJOB_ENABLED: 'false' },
    [
      'variable SCHEDULER_COMPENSATIONJOB_ENABLED: scheduler.compensationJob.enabled: is off, but it is what ' +
        'NEST_PROFILE=echo-missed-scheduler is for: set it to true, or choose another profile',
    ],
  ],
  [
    'imports that cannot be had, and a variable that is no JSON',
    { 'echo.yml': 'spring.config.import:\n  - file:gone.yml\n  - configserver:http://x\n  - optional:file:gone.yml\n' },
    { SPRING_APPLICATION_JSON: '{"slack": hush}' },
    [
      expect.stringMatching(
        /^config\/echo\.yml:2: spring\.config\.import: '.*\/config\/gone\.yml' does not exist; write optional: before it/,
      ) as string,
      "config/echo.yml:3: spring.config.import: Echo imports files only, and 'configserver:' is none",
      'variable SPRING_APPLICATION_JSON: is not JSON',
    ],
  ],
  [
    'a file for a secret that cannot be read',
    { 'echo.yml': 'slack.token-file: /nowhere/token' },
    {},
    ["config/echo.yml:1: slack.token-file: cannot be read: ENOENT: no such file or directory, open '/nowhere/token'"],
  ],
  [
    'a profile that does not exist',
    {},
    { NEST_PROFILE: 'ecko' },
    ["variable NEST_PROFILE: got 'ecko', valid: echo, echo-scheduler, echo-missed-scheduler, standalone"],
  ],
  [
    "the simulation beside an operator's configuration",
    { 'echo.yml': 'orca.enabled: true' },
    { NEST_PROFILE: 'standalone' },
    [
      "variable NEST_PROFILE: 'standalone' simulates orca and so never runs with a configuration of yours, and there is " +
        'one (config/echo.yml): choose echo, echo-scheduler or echo-missed-scheduler, or take that configuration away',
    ],
  ],
  [
    'MySQL',
    { 'echo.yml': 'sql:\n  enabled: true\n  connectionPool:\n    jdbcUrl: jdbc:mysql://localhost:3306/echo\n' },
    {},
    [
      'config/echo.yml:4: sql.connectionPool.jdbcUrl: is a MySQL address, and Echo keeps its data in PostgreSQL only: ' +
        'write jdbc:postgresql://<host>:5432/<database> or postgres://<host>:5432/<database>, or set sql.enabled to false. ' +
        'Nothing needs to be copied: triggers of pipelines come back with the first sync, and scheduled actions made by hand ' +
        "are moved by reading the old echo's GET /scheduledActions and posting each here",
    ],
  ],
  [
    'an artifact emitter without keel',
    { 'echo.yml': 'artifact-emitter.enabled: true\nkeel.enabled: false' },
    {},
    [
      'config/echo.yml:1: artifactEmitter.enabled: is on, but there is no keel to tell: set keel.enabled and ' +
        'keel.baseUrl, or take it out',
    ],
  ],
  [
    'everything at once',
    { 'echo.yml': 'orca: { enabled: maybe }\n' },
    { NEST_PROFILE: 'nest', ECHO_CONFIG_PATH: 'config,gone', ORCA_BASEURL: 'x' },
    [
      'gone: does not exist, but ECHO_CONFIG_PATH names it',
      "variable NEST_PROFILE: got 'nest', valid: echo, echo-scheduler, echo-missed-scheduler, standalone",
      "variable ORCA_BASEURL: orca.baseUrl: got 'x', valid: absolute http or https URL",
      "config/echo.yml:1: orca.enabled: got 'maybe', valid: true or false",
    ],
  ],
];

describe('a broken configuration', () => {
  let workspace: ConfigWorkspace;
  beforeEach(() => void (workspace = new ConfigWorkspace()));
  afterEach(() => workspace.remove());

  it.each(BROKEN)('lists %s', (_title, files, env, faults) => {
    for (const [name, text] of Object.entries(files)) workspace.write(`config/${name}`, text);

    const [head, ...list] = workspace.faultsOf(env);

    expect(list.map((line) => line.replace('  - ', ''))).toEqual(faults);
    expect(head).toBe(`The configuration has ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}:`);
  });

  it('says which file cannot be read', () => {
    mkdirSync(workspace.path('config/echo.yml'), { recursive: true });

    expect(workspace.faultsOf()[1]).toMatch(/^ {2}- config\/echo\.yml: cannot be read: EISDIR/);
  });

  it('leaves MySQL addresses alone while SQL is off', () => {
    workspace.write('config/echo.yml', 'sql: { enabled: false, connectionPool: { jdbcUrl: "jdbc:mysql://x/y" } }');

    expect(() => workspace.load()).not.toThrow();
  });
});
