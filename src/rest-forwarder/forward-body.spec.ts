import { describe, expect, it } from 'vitest';
import type { EchoEvent } from '../events/index.js';
import { parseJson } from '../platform/json/index.js';
import { forwardBody, outgoingEvent } from './forward-body.js';

const EVENT: EchoEvent = {
  details: {
    source: 'orca',
    type: 'orca:pipeline:complete',
    created: '1700000000000',
    application: 'app',
    requestHeaders: {},
  },
  content: { a: 1, b: null },
  eventId: 'E',
};
const DETAILS =
  '{"source":"orca","type":"orca:pipeline:complete","created":"1700000000000","application":"app","requestHeaders":{}}';
const PLAIN = `{"details":${DETAILS},"content":{"a":1},"eventId":"E"}`;
const FLAT = `{"details":${JSON.stringify(DETAILS)},"content":"{\\"a\\":1}","eventId":"E"}`;

type Options = Parameters<typeof forwardBody>[0];

const options: Options = {
  wrap: false,
  flatten: false,
  template: undefined,
  eventName: 'spinnaker_events',
  fieldName: 'payload',
};

function bodyOf(changes: Partial<Options>, event = EVENT): string | undefined {
  const body = forwardBody({ ...options, ...changes }, outgoingEvent(event));
  return body.kind === 'body' ? body.text : undefined;
}

describe('the body of a forward (edges.md §6.2)', () => {
  it.each([
    ['is the event', {}, PLAIN],
    ['has details and content as text where flattened', { flatten: true }, FLAT],
    ['is wrapped', { wrap: true }, `{"eventName":"spinnaker_events","payload":${PLAIN}}`],
    [
      'is wrapped under names of the endpoint',
      { wrap: true, eventName: 'myEventName', fieldName: 'myField' },
      `{"eventName":"myEventName","myField":${PLAIN}}`,
    ],
    ['is wrapped and flattened', { wrap: true, flatten: true }, `{"eventName":"spinnaker_events","payload":${FLAT}}`],
    [
      'is what a template makes of it',
      { wrap: true, template: '{"myCustomEventField":{{event}} }' },
      `{"myCustomEventField":${PLAIN}}`,
    ],
    ['ignores a template without wrap', { template: '{"x":{{event}}}' }, PLAIN],
  ])('%s', (_, changes, expected) => {
    expect(bodyOf(changes)).toBe(expected);
  });

  it('has the event wherever the template wants it, with texts that look like patterns of a replacement', () => {
    const event: EchoEvent = { content: { a: '$& $1' }, eventId: 'E' };

    expect(bodyOf({ wrap: true, template: '{"a":{{event}},"b":[{{event}}]}' }, event)).toBe(
      '{"a":{"content":{"a":"$& $1"},"eventId":"E"},"b":[{"content":{"a":"$& $1"},"eventId":"E"}]}',
    );
  });

  it('leaves out null members, but none of the payload and none in lists', () => {
    const event: EchoEvent = {
      content: { a: 1, n: null, o: { n: null, k: [null, 1] } },
      payload: { x: null },
      eventId: null,
    };

    expect(bodyOf({}, event)).toBe('{"content":{"a":1,"o":{"k":[null,1]}},"payload":{"x":null}}');
    expect(bodyOf({ wrap: true, template: '{"e":{{event}}}' }, event)).toBe(
      '{"e":{"content":{"a":1,"o":{"k":[null,1]}},"payload":{}}}',
    );
  });

  it('says null as text for what a flattened event lacks', () => {
    expect(bodyOf({ flatten: true }, { eventId: 'E' })).toBe('{"details":"null","content":"null","eventId":"E"}');
  });

  it('keeps numbers as they were sent', () => {
    const content = parseJson('{"big":12345678901234567890,"one":1.0}') as NonNullable<EchoEvent['content']>;

    expect(bodyOf({ wrap: true, template: '{"e":{{event}}}' }, { content, eventId: 'E' })).toBe(
      '{"e":{"content":{"big":12345678901234567890,"one":1.0},"eventId":"E"}}',
    );
  });

  it.each(['{"a":{{event}}', '[{{event}}]', 'text'])(
    'cannot be built by a template that makes no object: %s',
    (template) => {
      expect(forwardBody({ ...options, wrap: true, template }, outgoingEvent(EVENT))).toEqual({
        kind: 'unbuildable',
        reason: 'the filled template is no JSON object',
      });
    },
  );
});
