import { describe, expect, it } from 'vitest';
import type { EchoEvent } from '../../events/index.js';
import { EchoError } from '../../platform/errors/index.js';
import { readCdEvent } from './cd-event.js';

const DATA = {
  context: { id: 'i', type: 'dev.cdevents.artifact.published.0.1.0' },
  subject: { id: 'pkg', type: 'artifact', content: {} },
  customData: {
    artifacts: [{ type: 'custom/object', name: 'image-cdevents' }],
    parameters: { stack: 'prod' },
    my: 'v',
  },
};
const ATTRIBUTES = { id: '1', source: '/s', type: 'dev.cdevents.artifact.published.0.1.0', specversion: '1.0' };
const BINARY = Object.fromEntries(Object.entries(ATTRIBUTES).map(([name, value]) => [`ce-${name}`, value]));
const STRUCTURED = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
const CONTENT = { artifacts: DATA.customData.artifacts, parameters: DATA.customData.parameters };

const read = (headers: Readonly<Record<string, string>>, body: unknown): EchoEvent =>
  readCdEvent({
    type: 'cdevents',
    source: 'artifactPublished',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    requestHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    at: 7,
  });

const inHeader = (data: object): EchoEvent => read({ ...BINARY, 'ce-data': JSON.stringify(data) }, '{}');

/** Why reading is refused, with the status. */
function refusal(reading: () => EchoEvent): string {
  try {
    reading();
  } catch (error) {
    if (error instanceof EchoError) return `${error.status} ${error.message}`;
  }
  throw new Error('it is not refused');
}

describe('a CDEvent', () => {
  it('in the header that gate fills is an event of its source (edges.md §9, tests 18 to 22)', () => {
    const data = JSON.stringify(DATA);

    expect(read({ ...BINARY, 'ce-data': data, host: 'h' }, '<anything>')).toEqual({
      details: {
        type: 'cdevents',
        source: 'artifactPublished',
        created: '7',
        requestHeaders: {
          'ce-data': [data],
          'ce-id': ['1'],
          'ce-source': ['/s'],
          'ce-specversion': ['1.0'],
          'ce-type': ['dev.cdevents.artifact.published.0.1.0'],
          host: ['h'],
        },
      },
      content: CONTENT,
      rawContent: data,
      payload: DATA,
      eventId: expect.any(String) as string,
    });
  });

  it.each([
    ['binary, with the data as the body', BINARY, DATA],
    ['structured', STRUCTURED, { ...ATTRIBUTES, data: DATA }],
    ['structured, with the data as text', STRUCTURED, { ...ATTRIBUTES, data: JSON.stringify(DATA) }],
    [
      'structured, with the data in base64',
      STRUCTURED,
      { ...ATTRIBUTES, data_base64: Buffer.from(JSON.stringify(DATA)).toString('base64') },
    ],
    ['in version 0.3', { ...BINARY, 'ce-specversion': '0.3' }, DATA],
  ])('may be %s', (_what, headers, body) => {
    expect(read(headers, body)).toMatchObject({ payload: DATA, content: CONTENT, rawContent: JSON.stringify(DATA) });
  });

  it('has its attributes among the headers, whatever the mode: triggers compare them there', () => {
    const { details } = read(STRUCTURED, { ...ATTRIBUTES, ext: 5, nothing: null, odd: {}, data: DATA });

    expect(details?.requestHeaders).toEqual({
      'ce-ext': ['5'],
      'ce-id': ['1'],
      'ce-source': ['/s'],
      'ce-specversion': ['1.0'],
      'ce-type': ['dev.cdevents.artifact.published.0.1.0'],
      'content-type': ['application/cloudevents+json; charset=UTF-8'],
    });
  });

  it('has UTF-8 in its header, which Node reads as Latin-1', () => {
    const data = Buffer.from(JSON.stringify({ ...DATA, subject: { id: 'ключ' } }));

    expect(read({ ...BINARY, 'ce-data': data.toString('latin1') }, '{}').payload).toMatchObject({
      subject: { id: 'ключ' },
    });
  });

  it.each([[{}], ['text'], [[1]], [{ artifacts: [], parameters: null }]])(
    'brings nothing where its customData is %j',
    (customData) => {
      expect(inHeader({ ...DATA, customData }).content).toEqual({});
    },
  );

  it.each([
    [{ context: {} }, '[context:[:]]'],
    [{}, '[:]'],
    [{ ...DATA, customData: null }, '[context:[id:i, '],
    [{ context: DATA.context, customData: {} }, '[context:[id:i, '],
    [{ subject: DATA.subject, customData: {}, context: {} }, '[subject:[id:pkg, '],
  ])('without context, subject or customData is refused: %j (tests 23 to 25)', (data, shown) => {
    const message = `400 Invalid CDEvent data posted with the CloudEvent RequestBody - ${shown}`;

    expect(refusal(() => inHeader(data)).slice(0, message.length)).toBe(message);
  });

  it('is shown as Groovy shows it', () => {
    const data = { a: { b: [1, true, null, 'x', 1.5], c: [], d: {} } };

    expect(refusal(() => inHeader(data)).split(' - ')[1]).toBe('[a:[b:[1, true, null, x, 1.5], c:[], d:[:]]]');
  });

  it.each([
    ['no CloudEvent at all', {}, '{}', 'it says no specversion'],
    ['an unknown version', { ...BINARY, 'ce-specversion': '2.0' }, '{}', 'specversion 2.0 is none of 1.0, 0.3'],
    ['no id and no type', { 'ce-specversion': '1.0', 'ce-source': '/s' }, '{}', 'it has no id, type'],
    ['an unknown format', { 'content-type': 'application/cloudevents+avro' }, '{}', 'is not supported'],
    ['data that is no JSON', { ...BINARY, 'ce-data': '{' }, '{}', 'Invalid JSON'],
    ['data that is no object', { ...BINARY, 'ce-data': '[]' }, '{}', 'A webhook needs a JSON object'],
    ['no body', { ...BINARY, 'ce-data': JSON.stringify(DATA) }, '', 'The request has no body'],
  ])('is refused with %s', (_what, headers, body, message) => {
    const reason = refusal(() => read(headers, body));

    expect(reason).toMatch(/^400 /);
    expect(reason).toContain(message);
  });
});
