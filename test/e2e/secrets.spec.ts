import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../src/config/index.js';
import { MAIN } from '../support/built.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { freePort } from '../support/free-port.js';
import { HttpPeer, json } from '../support/http-peer.js';
import { ServiceProcess } from '../support/service-process.js';
import { until } from '../support/until.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

/** A text that stands nowhere else. */
const secretFor = (name: string): string => `hush-${name.replaceAll(/\W/g, '-')}-53cr37`;
const SECRET = /hush-[\w-]+-53cr37/g;

/** Every setting that is a secret. */
const secretSettings = catalogue().filter(({ secret }) => secret);

const CHANNELS = ['slack', 'email', 'googlechat', 'microsoftteams', 'pagerduty', 'sms', 'bearychat', 'githubStatus'];

let folder: string;
let spinnaker: FakeSpinnaker;
let provider: HttpPeer;
let service: ServiceProcess;
let url: string;
/** Everything that was answered. */
const answers: string[] = [];

/** Secrets inside of lists, which variables cannot set well; and all channels on, with providers that refuse. */
const configuration = (providerUrl: string): object => ({
  rest: {
    enabled: true,
    endpoints: [
      {
        url: `${providerUrl.replace('//', `//user:${secretFor('rest.url')}@`)}/rest?token=${secretFor('rest.query')}`,
        username: 'user',
        password: secretFor('rest.password'),
        headers: { 'X-Api-Key': secretFor('rest.headers') },
        signingSecrets: [secretFor('rest.signingSecrets')],
        retryCount: 1,
      },
    ],
  },
  webhooks: { signatures: [{ source: 'signed', scheme: 'token', secrets: [secretFor('webhooks.signatures')] }] },
  slack: { enabled: true, 'base-url': providerUrl, app: { 'base-url': providerUrl } },
  mail: { enabled: true, from: 'echo@example.com' },
  spring: { mail: { host: '127.0.0.1', port: Number(new URL(providerUrl).port), username: 'echo' } },
  googlechat: { enabled: true },
  microsoftteams: { enabled: true },
  pagerDuty: { enabled: true, endpoint: providerUrl },
  twilio: { enabled: true, account: 'AC1', baseUrl: providerUrl, from: '+100' },
  bearychat: { enabled: true, baseUrl: providerUrl },
  jira: { enabled: true, baseUrl: providerUrl, username: 'echo' },
  'github-status': { enabled: true, endpoint: providerUrl },
});

const variables = (): Record<string, string> =>
  Object.fromEntries(secretSettings.map(({ key }) => [key.toUpperCase().replaceAll('.', '_'), secretFor(key)]));

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-secrets-'));
  spinnaker = await startFakeSpinnaker([
    webhookPipeline('open', {
      notifications: CHANNELS.map((type) => ({
        type,
        address: 'somebody',
        level: 'pipeline',
        when: ['pipeline.failed'],
      })),
    }),
    webhookPipeline('signed'),
  ]);
  spinnaker.orca.answering(() => json({ message: 'no' }, 400));
  provider = await HttpPeer.start(() => json({ ok: false, error: 'refused' }, 400));
  writeFileSync(path.join(folder, 'echo.yml'), JSON.stringify(configuration(provider.url)));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  service = await ServiceProcess.start({
    script: MAIN,
    env: {
      ...variables(),
      NEST_PROFILE: 'echo-scheduler',
      ECHO_CONFIG_PATH: folder,
      SERVER_PORT: String(port),
      SERVER_ADDRESS: '127.0.0.1',
      LOGGING_LEVEL_ROOT: 'debug',
      FRONT50_BASEURL: spinnaker.front50.url,
      ORCA_BASEURL: spinnaker.orca.url,
      IGOR_BASEURL: spinnaker.igor.url,
    },
    healthUrl: `${url}/health`,
    logFile: path.join(folder, 'log'),
  });
});

afterAll(async () => {
  await service.stop();
  await provider.close();
  await spinnaker.close();
  rmSync(folder, { recursive: true });
});

async function ask(
  method: string,
  where: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await fetch(url + where, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = `${JSON.stringify([...answer.headers])}\n${await answer.text()}`;
  answers.push(text);
  return text;
}

async function everythingThatHappens(): Promise<void> {
  const credentials = { authorization: `Bearer ${secretFor('caller.token')}`, cookie: secretFor('caller.cookie') };
  await ask('POST', '/webhooks/webhook/open', { n: 1 }, credentials);
  await ask('POST', '/webhooks/webhook/signed', { n: 1 }, { 'x-gitlab-token': secretFor('webhooks.signatures') });
  await ask('POST', '/webhooks/webhook/signed', { n: 1 }, { 'x-gitlab-token': 'wrong' });
  await ask('POST', '/', '{"broken": ');
  const failed = {
    execution: {
      id: 'X',
      application: 'app',
      name: 'open',
      status: 'TERMINAL',
      pipelineConfigId: 'open-id',
      notifications: CHANNELS.map((type) => ({
        type,
        address: 'somebody',
        level: 'pipeline',
        when: ['pipeline.failed'],
      })),
    },
  };
  await ask('POST', '/', { details: { type: 'orca:pipeline:failed', application: 'app' }, content: failed });
  for (const type of [...CHANNELS, 'jira']) {
    const context = { subject: 'S', body: 'B', 'pager-key': 'k' };
    const source = { executionType: 'pipeline', executionId: 'X', application: 'app', user: 'me' };
    await ask('POST', '/notifications', {
      notificationType: type,
      to: ['somebody'],
      source,
      additionalContext: context,
    });
  }
  await ask('POST', '/effects/redrive', {}, credentials);
}

/** Every GET that the service has, what it lists one by one, and every page. */
async function everythingThatCanBeRead(): Promise<void> {
  const { paths } = JSON.parse((await ask('GET', '/docs-json')).split('\n')[1] ?? '') as {
    paths: Record<string, object>;
  };
  const readable = Object.entries(paths).filter(([name, methods]) => 'get' in methods && !name.includes('{'));
  const pages = ['', '/events', '/decisions', '/effects', '/notifications', '/starts', '/triggers'];
  for (const where of [...readable.map(([name]) => name), '/metrics', ...pages.map((page) => `/console${page}`)]) {
    await ask('GET', where);
  }
  for (const { key, dynamic } of catalogue()) if (dynamic) await ask('GET', `/admin/config/${key}`);
  for (const [list, member, id] of [
    ['/events', 'events', 'inboxId'],
    ['/effects', 'effects', 'id'],
  ] as const) {
    const listed = JSON.parse((await ask('GET', list)).split('\n')[1] ?? '') as Record<
      string,
      Record<string, string>[]
    >;
    for (const one of listed[member] ?? []) await ask('GET', `${list}/${one[id]}`);
    for (const one of listed[member] ?? []) if (list === '/events') await ask('GET', `/console/events/${one[id]}`);
  }
}

const effects = async (): Promise<{ attempts: number; state: string }[]> => {
  const { effects: listed } = (await (await fetch(`${url}/effects`)).json()) as { effects: never[] };
  return listed;
};

const found = (text: string): string[] => [...new Set(text.match(SECRET))];

it('No secret of the configuration or of a caller is in an answer or in the log, whatever happens', async () => {
  await everythingThatHappens();
  // What failed is tried again later, so it never all ends: each thing was tried once.
  await until(async () => (await effects()).length > 0 && (await effects()).every(({ attempts }) => attempts > 0));
  await everythingThatCanBeRead();

  expect(secretSettings.length).toBeGreaterThan(15);
  expect(answers.length).toBeGreaterThan(80);
  expect(found(answers.join('\n'))).toEqual([]);
  const log = readFileSync(path.join(folder, 'log'), 'utf8');
  expect(log).toContain('open');
  expect(found(log)).toEqual([]);
}, 120_000);
