import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { rawRequest } from '../support/raw-request.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const GIT = ['github', 'gitlab', 'bitbucket', 'stash', 'azure', 'gitea', 'forgejo'].map((source) => `git/${source}`);
const REGISTRIES = ['dockerhub', 'dockerregistry', 'nexus', 'quay', 'ghcr', 'harbor', 'ecr', 'gar'];
const PATHS = [
  ...[...GIT, ...REGISTRIES.map((source) => `docker/${source}`), 'webhook/good', 'cdevents/good', 'webhook'],
  ...['__proto__/constructor', 'git/__proto__', 'GIT/%00', 'x/%F0%9F%92%A9', 'git'],
]
  .map((path) => `/webhooks/${path}`)
  .concat('/notifications/callbacks/slack');

/** Members that sources and extractors look at, so that random bodies get far. */
const NAMES = [
  ...[
    'ref',
    'after',
    'commits',
    'added',
    'modified',
    'repository',
    'owner',
    'name',
    'login',
    'contents_url',
    'ref_type',
  ],
  ...[
    'pull_request',
    'head',
    'number',
    'draft',
    'project',
    'namespace',
    'homepage',
    'object_kind',
    'object_attributes',
  ],
  ...['changes', 'refChanges', 'push', 'new', 'pullRequest', 'fromRef', 'toRef', 'event_type', 'eventType', 'resource'],
  ...[
    'events',
    'action',
    'target',
    'mediaType',
    'push_data',
    'tag',
    'updated_tags',
    'component',
    'package',
    'event_data',
  ],
  ...[
    'message',
    'data',
    'detail',
    'artifacts',
    'parameters',
    'source',
    'context',
    'subject',
    'customData',
    'specversion',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', '$', 'a.b'],
];
const TEXTS = [
  'push',
  'branch',
  'merge_request',
  'repo:push',
  'pr:merged',
  'git.push',
  'INSERT',
  '1.0',
  '0'.repeat(40),
];
const TYPES = [
  ...['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
  ...['application/cloudevents+json', 'application/cloudevents-batch+json', 'application/octet-stream', 'nonsense', ''],
];

const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: fc.string() });
const scalar = fc.oneof(
  ...[fc.constantFrom(...TEXTS), fc.string({ unit: 'binary' }), fc.double(), fc.bigInt(), fc.boolean()],
  fc.constantFrom(null),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 8 }),
  ),
}));

/** JSON of what was made up: a list of pairs is an object, in which a name may come twice. */
function textOf(made: unknown): string {
  if (typeof made === 'bigint' || typeof made === 'number') return Number.isFinite(Number(made)) ? String(made) : 'NaN';
  if (!Array.isArray(made)) return JSON.stringify(made);
  const isObject = made.length > 0 && made.every((item) => Array.isArray(item) && typeof item[0] === 'string');
  if (!isObject) return `[${made.map(textOf).join(',')}]`;
  return `{${(made as [string, unknown][]).map(([key, member]) => `${JSON.stringify(key)}:${textOf(member)}`).join(',')}}`;
}

const members = fc.array(fc.tuple(name, value), { maxLength: 12 }).map((pairs) => Buffer.from(textOf(pairs)));
const body = fc.oneof(
  { weight: 8, arbitrary: members },
  { weight: 1, arbitrary: value.map((made) => Buffer.from(textOf(made))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);
const headers = fc.record(
  {
    'content-type': fc.constantFrom(...TYPES),
    'x-event-key': fc.constantFrom('repo:push', 'pr:merged', 'repo:refs_changed', 'pullrequest:fulfilled', '__proto__'),
    'x-github-event': fc.constantFrom('create', 'delete', 'push'),
    'x-github-delivery': fc.string({ unit: 'grapheme-ascii', minLength: 1 }),
    'ce-specversion': fc.constantFrom('1.0', '0.3', '9'),
    ...{ 'ce-id': fc.constant('1'), 'ce-source': fc.constant('/s'), 'ce-type': fc.constant('t') },
    'ce-data': fc.constantFrom(
      '{}',
      '{"context":{}}',
      '[1]',
      '{',
      '{"context":{"a":1},"subject":{"b":1},"customData":7}',
    ),
    ...{ 'x-hub-signature': fc.constantFrom('sha1=x', ''), 'x-hub-signature-256': fc.constant('sha256=zz') },
  },
  { requiredKeys: [] },
);

let echo: RunningEcho;

interface Endpoint {
  readonly method: string;
  readonly path: string;
}

/** Every endpoint that takes a body, as Echo itself describes them, and the webhooks above. */
async function endpoints(): Promise<readonly Endpoint[]> {
  const { paths } = (await (await echo.get('/docs-json')).json()) as { paths: Record<string, object> };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    ['post', 'put', 'patch']
      .filter((method) => method in methods)
      .map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, 'good') })),
  );
  return [...described, ...PATHS.map((path) => ({ method: 'POST', path }))];
}

beforeAll(async () => {
  const git = GIT.map((path) => ({
    type: 'git',
    enabled: true,
    source: path.slice(4),
    project: '',
    slug: '',
    secret: 's',
  }));
  echo = await startEcho({
    pipelines: [webhookPipeline('good'), webhookPipeline('git', { triggers: git })],
    env: { SERVER_MAXBODYSIZE: '1048576', SCHEDULER_ENABLED: 'true', REST_ENABLED: 'true' },
  });
});

afterAll(() => echo.close());

const send = ({ method, path }: Endpoint, bytes: Buffer, given: Record<string, string> = {}): Promise<Response> =>
  fetch(echo.url + path, { method, headers: given, body: bytes });

/** Whether a good webhook is still taken and starts its pipeline. */
async function serves(): Promise<void> {
  const before = echo.spinnaker.orca.posted('/orchestrate').length;
  expect((await echo.post('/webhooks/webhook/good', {})).status).toBe(200);
  await echo.idle();
  expect(echo.spinnaker.orca.posted('/orchestrate').length).toBeGreaterThan(before);
}

describe('whatever is sent', () => {
  it('knows every endpoint', async () => {
    const known = (await endpoints()).map(({ method, path }) => `${method} ${path}`);

    expect(known).toEqual(
      expect.arrayContaining([
        ...['POST /', 'POST /webhooks/good/good', 'POST /webhooks/cdevents/good', 'POST /notifications'],
        ...['POST /scheduledActions', 'POST /events/replay', 'POST /events/dry-run', 'PUT /admin/config/good'],
        ...['POST /effects/redrive', 'PUT /triggers/cron/good/pause', 'POST /admin/rest/endpoints/replay'],
      ]),
    );
  });

  it('is answered with JSON and no fault of ours, and Echo goes on', async () => {
    const all = await endpoints();
    const requests = fc.asyncProperty(fc.constantFrom(...all), body, headers, async (endpoint, bytes, given) => {
      const answer = await send(endpoint, bytes, given);
      const text = await answer.text();
      const shown = (text === '' ? {} : JSON.parse(text)) as { message?: string };
      const what = `${endpoint.method} ${endpoint.path} ${JSON.stringify(given)} ${bytes.toString()}`;

      expect(answer.status, `${what}: ${shown.message}`).toBeLessThan(500);
      expect(text, what).not.toContain('the log has the reason');
    });

    await fc.assert(requests, { numRuns: 800, endOnFailure: true });
    await serves();
    expect(Object.keys(Object.prototype)).toEqual([]);
  }, 120_000);

  it.each([
    ['nesting without end', '[{"a":'.repeat(80_000)],
    ['nesting that ends', '{"commits":'.repeat(1990) + '1' + '}'.repeat(1990)],
    ['a huge list', `{"commits":[${'{"added":["a"]},'.repeat(60_000)}{}]}`],
    ['many names', `{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join(',')}}`],
    ['the same name again and again', `{${'"after":"H",'.repeat(60_000)}"after":"H"}`],
    ['a huge number', `{"after":${'9'.repeat(500_000)}}`],
    ['a huge text', `{"ref":"${'refs/heads/'.repeat(80_000)}"}`],
    ['more than allowed', `{"a":"${'x'.repeat(1_100_000)}"}`],
  ])(
    'may be %s',
    async (_what, text) => {
      for (const path of PATHS.slice(0, 5)) {
        const answer = await send({ method: 'POST', path }, Buffer.from(text), { 'content-type': 'application/json' });
        await answer.text();
        expect(answer.status).toBeLessThan(500);
      }
      await serves();
    },
    60_000,
  );
});

/** Bytes in use after everything that can go has gone. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe('what starts nothing', () => {
  it('does not stay in memory', async () => {
    const megabyte = JSON.stringify({ commits: Array.from({ length: 60_000 }, () => ({ added: [] })) });
    const flood = async (): Promise<void> => {
      for (let i = 0; i < 40; i++) await (await echo.post(PATHS[i % 12] ?? '', megabyte)).text();
      await echo.idle();
    };
    await flood();
    const before = heapInUse();
    await flood();

    expect((heapInUse() - before) / 2 ** 20).toBeLessThan(20);
  }, 60_000);
});

describe('a request whose head does not fit its body', () => {
  const head = 'POST /webhooks/git/github HTTP/1.1\r\nHost: echo\r\nConnection: close\r\n';

  it.each([
    ['a length that is too small', 'Content-Length: 2\r\n\r\n{}{"a":1}', /^[24]\d\d$/],
    ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n', /^4\d\d$/],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}', /^4\d\d$/],
    ['a length that is none', 'Content-Length: many\r\n\r\n{}', /^4\d\d$/],
    ['chunks that are none', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}', /^4\d\d$/],
    ['a content encoding that it has not', 'Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}', /^[24]\d\d$/],
    ['headers without end', `X-A: ${'a'.repeat(100_000)}\r\nContent-Length: 2\r\n\r\n{}`, /^431$/],
  ])('is answered: %s', async (_what, rest, status) => {
    const answer = await rawRequest(echo.url, Buffer.from(head + rest));

    expect(String(answer.status)).toMatch(status);
    await serves();
  });

  it('is given up when the sender goes away before the body has come', async () => {
    const answer = await rawRequest(echo.url, Buffer.from(`${head}Content-Length: 1000\r\n\r\n{`), true);

    expect([0, 400, 408]).toContain(answer.status);
    await serves();
  });
});
