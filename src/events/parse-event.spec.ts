import { describe, expect, it } from 'vitest';
import { parseJson } from '../platform/json/index.js';
import { parseEvent } from './index.js';

const NOW = 1_700_000_000_000;
const parse = (body: unknown) => parseEvent(parseJson(JSON.stringify(body)), NOW);

describe('an event as callers post it', () => {
  it('keeps its known members and drops the others', () => {
    const event = parse({
      details: { type: 'build', source: 'igor', colour: 'red' },
      content: { a: 1 },
      other: true,
      eventId: 'E',
    });
    expect(event).toEqual({
      details: { type: 'build', source: 'igor', created: String(NOW), requestHeaders: {} },
      content: { a: 1 },
      eventId: 'E',
    });
  });

  it('gets a creation time and an id where it has none', () => {
    const event = parse({ details: { type: 'build' } });
    expect(event.details?.created).toBe(String(NOW));
    expect(event.eventId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  });

  it('keeps an explicit null id', () => {
    expect(parse({ eventId: null }).eventId).toBeNull();
  });

  it('keeps explicit null headers: nobody knows whether such an event was signed', () => {
    expect(parse({ details: { requestHeaders: null } }).details?.requestHeaders).toBeNull();
    expect(parse({ details: {} }).details?.requestHeaders).toEqual({});
  });

  it('takes numbers where texts are expected', () => {
    expect(parse({ details: { type: 5, created: 1, attributes: { a: 1 } }, eventId: 7 })).toMatchObject({
      details: { type: '5', created: '1', attributes: { a: '1' } },
      eventId: '7',
    });
  });

  it('accepts an event without details, since callers that worked must go on working', () => {
    expect(parse({ content: {} })).toMatchObject({ content: {} });
  });

  it.each([
    [[], 'expected an object, got a list'],
    ['x', "expected an object, got 'x'"],
    [null, 'expected an event, a JSON object, got null'],
    [{ details: 'x' }, "details: expected an object, got 'x'"],
    [{ details: { type: {} } }, 'details.type: expected a text, got an object'],
    [{ details: { requestHeaders: { a: 'x' } } }, "details.requestHeaders.a: expected a list, got 'x'"],
    [{ content: [] }, 'content: expected an object, got a list'],
    [{ payload: 'x' }, "payload: expected an object, got 'x'"],
  ])('refuses %j with the place and the type', (body, message) => {
    expect(() => parse(body)).toThrow(message);
  });

  it('does not let a member called __proto__ reach a prototype', () => {
    parseEvent(parseJson('{"details":{"__proto__":{"polluted":1}},"content":{"__proto__":{"polluted":1}}}'), NOW);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
