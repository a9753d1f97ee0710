import { beforeAll, describe, expect, it } from 'vitest';
import { WebhookBench } from '../../test/support/webhook-bench.js';
import { artifact } from '../artifacts/index.js';
import { ExtractsArtifacts } from './artifacts/artifact-extractor.js';
import { ReadsWebhooks, type Webhook, type WebhookNews } from './sources/webhook-source.js';
import { eventWithoutSource } from './webhook-reader.js';

const NOW = Date.UTC(2024, 0, 15, 12);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const made = (name: string) => artifact({ type: 't', name });

@ReadsWebhooks({ name: 'forge' })
class ForgeSource {
  readonly type = 'git';
  readonly sources = ['forge'];
  readonly takesEmptyBodies = true;

  read({ payload, body, eventType, headers }: Webhook): WebhookNews {
    if (body === '') return { kind: 'none', reason: 'nothing' };
    return { kind: 'news', members: { name: payload.requiredText('a.name'), kind: eventType ?? null, h: headers } };
  }

  artifacts = () => [made('forge')];
}

@ExtractsArtifacts({ name: 'forge-files' })
class ForgeFiles {
  handles = (type: string, source: string): boolean => type === 'git' && source === 'forge';
  extract = () => [made('files')];
}

@ReadsWebhooks({ name: 'faulty' })
class FaultySource {
  readonly type = 'git';
  readonly sources = ['faulty'];
  read = (): WebhookNews => {
    throw new TypeError('a bug');
  };
}

@ReadsWebhooks({ name: 'rival' })
class RivalSource {
  readonly type = 'git';
  readonly sources = ['other', 'forge'];
  read = (): WebhookNews => ({ kind: 'news', members: {} });
}

let bench: WebhookBench;

beforeAll(async () => {
  bench = await WebhookBench.with(ForgeSource, ForgeFiles);
});

const REFUSED = [
  ['', 'The request has no body'],
  ['{"a":', 'Invalid JSON'],
  ['[]', 'A webhook needs a JSON object as its body.'],
  ['"text"', 'A webhook needs a JSON object as its body.'],
  ['7', 'A webhook needs a JSON object as its body.'],
] as const;

describe('a webhook with a source', () => {
  it('is an event of its type and source (edges.md §9, test 1)', () => {
    expect(bench.event('docker/ecr', '{ "name": "something" }', { host: 'h' })).toStrictEqual({
      details: { type: 'docker', source: 'ecr', created: String(NOW), requestHeaders: { host: ['h'] } },
      content: { name: 'something', artifacts: [] },
      payload: { name: 'something' },
      rawContent: '{ "name": "something" }',
      eventId: expect.stringMatching(UUID),
    });
  });

  it.each(['{}', 'null'])('may have nothing to say: %s (test 6)', (body) => {
    expect(bench.event('webhook/test', body)).toMatchObject({
      content: { artifacts: [] },
      payload: {},
      rawContent: body,
    });
  });

  it('says of which kind it is by a header, which wins over the body; the payload stays as it came', () => {
    const event = bench.event('docker/ecr', '{"event_type":"mine","a":1}', { 'x-event-key': 'repo:push' });

    expect(event.content).toEqual({ event_type: 'repo:push', a: 1, artifacts: [] });
    expect(Object.keys(event.content ?? {})).toEqual(['event_type', 'a', 'artifacts']);
    expect(event.payload).toEqual({ event_type: 'mine', a: 1 });
  });

  it.each(['null', '[]', '""', '0', 'false', '{}'])('counts artifacts that are %s as none', (artifacts) => {
    const event = bench.event('git/forge', `{"a":{"name":"n"},"artifacts":${artifacts}}`);

    expect(event.content?.['artifacts']).toEqual([made('forge'), made('files')]);
  });

  it.each([[[{ type: 'a' }]], ['odd'], [{ a: 1 }], [true]])('leaves artifacts as they were posted: %j', (artifacts) => {
    expect(bench.event('git/forge', { a: { name: 'n' }, artifacts }).content?.['artifacts']).toEqual(artifacts);
  });

  it('may be a field of a form, as GitHub sends it unless told otherwise; what was signed is the form', () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = `payload=${encodeURIComponent('{"a":"b&c"}')}`;

    expect(bench.event('docker/ecr', body, form)).toMatchObject({ payload: { a: 'b&c' }, rawContent: body });
    expect(bench.event('docker/ecr', '{"a":"&payload=1"}', form).payload).toEqual({ a: '&payload=1' });
  });

  it.each(REFUSED)('is refused with the body %j', (body, message) => {
    expect(() => bench.read('docker/ecr', body)).toThrow(message);
  });

  it('does not let a member called __proto__ reach a prototype', () => {
    const event = bench.event('docker/ecr', '{"__proto__":{"artifacts":[1]},"a":1}', { 'x-event-key': 'push' });

    expect(event.content?.['artifacts']).toEqual([]);
    expect(Object.keys(event.content ?? {})).toEqual(['__proto__', 'a', 'event_type', 'artifacts']);
    expect(({} as Record<string, unknown>)['artifacts']).toBeUndefined();
  });
});

describe('a source', () => {
  it('adds members to the content, in their places where the body has them, and not to the payload', () => {
    const event = bench.event('git/forge', { name: 1, a: { name: 'n' } }, { 'x-event-key': 'push', host: 'h' });

    expect(event.content).toMatchObject({ name: 'n', kind: 'push', h: { host: ['h'] } });
    expect(Object.keys(event.content ?? {})).toEqual(['name', 'a', 'event_type', 'kind', 'h', 'artifacts']);
    expect(event.payload).toEqual({ name: 1, a: { name: 'n' } });
  });

  it('is told the kind of news that only the body says', () => {
    expect(bench.event('git/forge', { a: { name: 'n' }, event_type: 'mine' }).content).toMatchObject({ kind: 'mine' });
  });

  it.each([
    ['{}', 'a.name: expected a text, got nothing'],
    ['{"a":{"name":null}}', 'a.name: expected a text, got null'],
    ['{"a":7}', 'a: expected an object, got 7'],
  ])('that does not understand %s says why', (body, reason) => {
    expect(bench.read('git/forge', body)).toEqual({ kind: 'unclear', reason });
  });

  it('that fails by its own fault does not fail the request', async () => {
    const faulty = await WebhookBench.with(FaultySource);

    expect(faulty.read('git/faulty', '{}')).toEqual({
      kind: 'unclear',
      reason: 'what reads these webhooks has failed; the log has the reason',
    });
  });

  it('may take an empty body', () => {
    expect(bench.read('git/forge', '')).toEqual({ kind: 'none', reason: 'nothing' });
  });

  it('for git must exist, by its exact name', () => {
    expect(() => bench.read('git/Forge', '{}')).toThrow(/^Invalid SCM handler sourceForge$/);
  });

  it('must not read what another one reads', async () => {
    await expect(WebhookBench.with(ForgeSource, RivalSource)).rejects.toThrow(
      "The webhook source 'rival' reads /webhooks/git/forge, which another one reads already",
    );
  });
});

const withoutSource = (body: string) =>
  eventWithoutSource({ type: 'webhook', body, requestHeaders: { host: ['h'] }, at: NOW });

describe('a webhook without a source in its path', () => {
  it('names it in its body, and has no payload (edges.md §2.6; test 7)', () => {
    expect(withoutSource('{"source":"ci","a":1}')).toStrictEqual({
      details: { type: 'webhook', source: 'ci', created: String(NOW), requestHeaders: { host: ['h'] } },
      content: { source: 'ci', a: 1 },
      eventId: expect.stringMatching(UUID),
    });
  });

  it.each([
    ['{"source":5}', '5'],
    ['{"source":true}', 'true'],
    ['{"source":{"a":[1]}}', '{a=[1]}'],
  ])('takes the source as text: %s', (body, source) => {
    expect(withoutSource(body).details?.source).toBe(source);
  });

  it.each(['{}', 'null', '{"source":null}'])('may name none: %s', (body) => {
    expect(withoutSource(body).details).not.toHaveProperty('source');
  });

  it.each(REFUSED)('is refused with the body %j', (body, message) => {
    expect(() => withoutSource(body)).toThrow(message);
  });
});
