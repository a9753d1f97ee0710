import { describe, expect, it } from 'vitest';
import { publicationOf } from './publication.js';

describe('an event as publishers send it', () => {
  it('is the whole event, nulls kept', () => {
    const event = {
      details: { type: 'build', created: '1', requestHeaders: {}, application: 'app' },
      content: { b: null, a: [1] },
      eventId: 'E',
    };

    expect(publicationOf(event).data).toBe(
      '{"details":{"source":null,"type":"build","created":"1","organization":null,"project":null,"application":"app",' +
        '"_content_id":null,"attributes":null,"requestHeaders":{}},"content":{"b":null,"a":[1]},"rawContent":null,' +
        '"payload":null,"eventId":"E"}',
    );
    expect(publicationOf({ eventId: null }).data).toBe(
      '{"details":null,"content":null,"rawContent":null,"payload":null,"eventId":null}',
    );
  });

  it.each([
    [{ details: { type: 'build' } }, { rawType: 'build' }],
    [
      { details: { type: 'orca:pipeline:complete', application: 'app' } },
      { rawType: 'orca:pipeline:complete', source: 'orca', type: 'pipeline', status: 'complete', application: 'app' },
    ],
    [{ details: { type: 'a:b:c:d' } }, { rawType: 'a:b:c:d' }],
    [{ details: { type: 'x', attributes: { rawType: 'own', k: 'v', none: null } } }, { rawType: 'own', k: 'v' }],
    [{ content: { name: 'n', taskName: 7 } }, { name: 'n', taskName: '7' }],
    [{ content: { name: null, taskName: '' } }, {}],
    [{}, {}],
  ])('has attributes to filter by: %j', (event, attributes) => {
    expect(publicationOf({ eventId: 'E', ...event }).attributes).toEqual(attributes);
  });
});
