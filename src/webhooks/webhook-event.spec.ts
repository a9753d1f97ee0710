import { describe, expect, it } from 'vitest';
import { eventWithPayload, eventWithoutPayload } from './webhook-event.js';

const NOW = Date.UTC(2024, 0, 15, 12);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const headers = { host: ['h'] };

const withPayload = (body: string, requestHeaders: Record<string, string[]> = headers) =>
  eventWithPayload({ type: 'docker', source: 'ecr', body, requestHeaders, at: NOW });
const withoutPayload = (body: string) =>
  eventWithoutPayload({ type: 'webhook', body, requestHeaders: headers, at: NOW });

const REFUSED = [
  ['', 'Invalid JSON'],
  ['{"a":', 'Invalid JSON'],
  ['[]', 'A webhook needs a JSON object as its body.'],
  ['"text"', 'A webhook needs a JSON object as its body.'],
  ['7', 'A webhook needs a JSON object as its body.'],
] as const;

describe('a webhook with a source', () => {
  it('is an event of its type and source (edges.md §9, test 1)', () => {
    const event = withPayload('{ "name": "something" }');

    expect(event).toStrictEqual({
      details: { type: 'docker', source: 'ecr', created: String(NOW), requestHeaders: headers },
      content: { name: 'something', artifacts: [] },
      payload: { name: 'something' },
      rawContent: '{ "name": "something" }',
      eventId: expect.stringMatching(UUID),
    });
  });

  it.each(['{}', 'null'])('may have nothing to say: %s (test 6)', (body) => {
    expect(withPayload(body)).toMatchObject({ content: { artifacts: [] }, payload: {}, rawContent: body });
  });

  it('says of which kind it is by a header, which wins over the body; the payload stays as it came', () => {
    const event = withPayload('{"event_type":"mine","a":1}', { 'x-event-key': ['repo:push', 'other'] });

    expect(event.content).toEqual({ event_type: 'repo:push', a: 1, artifacts: [] });
    expect(Object.keys(event.content ?? {})).toEqual(['event_type', 'a', 'artifacts']);
    expect(event.payload).toEqual({ event_type: 'mine', a: 1 });
  });

  it.each(['null', '[]', '""', '0', 'false', '{}'])('counts artifacts that are %s as none', (artifacts) => {
    expect(withPayload(`{"artifacts":${artifacts}}`).content?.['artifacts']).toEqual([]);
  });

  it.each([[[{ type: 'a' }]], ['odd'], [{ a: 1 }], [true]])('leaves artifacts as they were posted: %j', (artifacts) => {
    expect(withPayload(JSON.stringify({ artifacts })).content?.['artifacts']).toEqual(artifacts);
  });

  it.each(REFUSED)('is refused with the body %j', (body, message) => {
    expect(() => withPayload(body)).toThrow(message);
  });

  it('does not let a member called __proto__ reach a prototype', () => {
    const event = withPayload('{"__proto__":{"artifacts":[1]},"a":1}', { 'x-event-key': ['push'] });

    expect(event.content?.['artifacts']).toEqual([]);
    expect(Object.keys(event.content ?? {})).toEqual(['__proto__', 'a', 'event_type', 'artifacts']);
    expect(({} as Record<string, unknown>)['artifacts']).toBeUndefined();
  });
});

describe('a webhook without a source in its path', () => {
  it('names it in its body, and has no payload (edges.md §2.6; test 7)', () => {
    expect(withoutPayload('{"source":"ci","a":1}')).toStrictEqual({
      details: { type: 'webhook', source: 'ci', created: String(NOW), requestHeaders: headers },
      content: { source: 'ci', a: 1 },
      eventId: expect.stringMatching(UUID),
    });
  });

  it.each([
    ['{"source":5}', '5'],
    ['{"source":true}', 'true'],
    ['{"source":{"a":[1]}}', '{a=[1]}'],
  ])('takes the source as text: %s', (body, source) => {
    expect(withoutPayload(body).details?.source).toBe(source);
  });

  it.each(['{}', 'null', '{"source":null}'])('may name none: %s', (body) => {
    expect(withoutPayload(body).details).not.toHaveProperty('source');
  });

  it.each(REFUSED)('is refused with the body %j', (body, message) => {
    expect(() => withoutPayload(body)).toThrow(message);
  });
});
