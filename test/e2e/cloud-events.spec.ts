import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const TYPE = 'dev.cdevents.artifact.published.0.1.0';
const DATA = { context: { id: 'i' }, subject: { id: 'pkg' }, customData: { parameters: { p: 'v' } } };
let events = 0;
/** Of an event of its own, unless an id is given. */
const attributes = (type: string, id = `e${++events}`) => ({ specversion: '1.0', id, source: '/s', type });
const BATCH = { 'content-type': 'application/cloudevents-batch+json' };

const pipeline = webhookPipeline('ci', {
  triggers: [{ type: 'cdevents', enabled: true, source: 'ci', attributeConstraints: { 'ce-type': TYPE } }],
});

let echo: RunningEcho;

beforeAll(async () => {
  echo = await startEcho({ pipelines: [pipeline, webhookPipeline('good')] });
});

afterAll(() => echo.close());

let before = 0;

beforeEach(() => {
  before = echo.spinnaker.orca.requests.length;
});

const answerTo = async (path: string, body: unknown, headers: Record<string, string>): Promise<object> => {
  const answer = await echo.post(path, body, headers);
  await echo.idle();
  return { status: answer.status, body: (await answer.json()) as object };
};

const started = (): unknown[] =>
  echo.spinnaker.orca.requests
    .slice(before)
    .map(({ body }) => (JSON.parse(body) as { trigger: { parameters?: object } }).trigger.parameters);

const PROCESSED = { eventProcessed: true, eventId: expect.any(String) as string };

describe('a CloudEvent with a CDEvent', () => {
  it.each([
    ['binary', { 'ce-id': 'binary', 'ce-source': '/s', 'ce-type': TYPE, 'ce-specversion': '1.0' }, DATA],
    ['structured', { 'content-type': 'application/cloudevents+json' }, { ...attributes(TYPE), data: DATA }],
  ])('starts the pipelines that wait for it: %s', async (_mode, headers, body) => {
    expect(await answerTo('/webhooks/cdevents/ci', body, headers)).toEqual({ status: 200, body: PROCESSED });
    expect(started()).toEqual([{ p: 'v' }]);
  });

  it('of another type does not', async () => {
    const headers = { 'content-type': 'application/cloudevents+json' };

    await answerTo('/webhooks/cdevents/ci', { ...attributes('dev.cdevents.other'), data: DATA }, headers);

    expect(started()).toEqual([]);
  });

  it('that is none is refused with the reason', async () => {
    expect(await answerTo('/webhooks/cdevents/ci', DATA, {})).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('The request is no CloudEvent') as string },
    });
  });
});

describe('a batch of CloudEvents', () => {
  it('is as many events; a bad one is told and holds up no other', async () => {
    const batch = [{ ...attributes(TYPE), data: DATA }, { id: '2' }, 7, { ...attributes('other'), data: DATA }];
    const refused = { eventProcessed: false, eventId: null };

    expect(await answerTo('/webhooks/cdevents/ci', batch, BATCH)).toEqual({
      status: 200,
      body: {
        ...PROCESSED,
        events: [
          PROCESSED,
          { ...refused, reason: expect.stringContaining('it says no specversion') as string },
          { ...refused, reason: 'A webhook needs a JSON object as its body.' },
          PROCESSED,
        ],
      },
    });
    expect(started()).toEqual([{ p: 'v' }]);
  });

  it('may be posted to any source', async () => {
    const parameters = { n: 1 };

    await answerTo('/webhooks/webhook/good', [{ parameters }, { parameters }], BATCH);

    expect(started()).toEqual([{ n: 1 }, { n: 1 }]);
  });

  it.each([
    ['no list', {}, 'A batch of CloudEvents is a JSON list.'],
    ['longer than a thousand', Array.from({ length: 1001 }, () => ({})), 'A batch has at most 1000 events.'],
  ])('is refused where it is %s', async (_what, batch, message) => {
    expect(await answerTo('/webhooks/webhook/good', batch, BATCH)).toMatchObject({ status: 400, body: { message } });
    expect(started()).toEqual([]);
  });
});

describe('a CloudEvent that came before', () => {
  const DUPLICATE = {
    eventProcessed: false,
    eventId: null,
    duplicate: true,
    reason: 'A CloudEvent with this source and id has come before.',
  };
  const STRUCTURED = { 'content-type': 'application/cloudevents+json' };
  const binary = (id: string) => ({ 'ce-id': id, 'ce-source': '/s', 'ce-type': TYPE, 'ce-specversion': '1.0' });

  it.each([
    ['binary', 'twice-b', binary('twice-b'), DATA],
    ['structured', 'twice-s', STRUCTURED, { ...attributes(TYPE, 'twice-s'), data: DATA }],
  ])('is not taken again, in whatever mode it comes: %s', async (_mode, id, headers, body) => {
    await answerTo('/webhooks/cdevents/ci', body, headers);

    expect(await answerTo('/webhooks/cdevents/ci', body, headers)).toEqual({ status: 200, body: DUPLICATE });
    expect(await answerTo('/webhooks/cdevents/ci', DATA, binary(id))).toEqual({ status: 200, body: DUPLICATE });
    expect(started()).toEqual([{ p: 'v' }]);
  });

  it('is told in a batch, and holds up no other', async () => {
    const event = { ...attributes(TYPE, 'twice-in-batch'), data: DATA };
    const batch = [event, event, { ...attributes(TYPE), data: DATA }];

    expect(await answerTo('/webhooks/cdevents/ci', batch, BATCH)).toMatchObject({
      body: { events: [PROCESSED, DUPLICATE, PROCESSED] },
    });
    expect(started()).toEqual([{ p: 'v' }, { p: 'v' }]);
  });

  it('is another one where its source is another, or it is posted to another place', async () => {
    const event = { ...attributes(TYPE, 'once'), data: DATA, parameters: {} };
    for (const one of [event, { ...event, source: '/other' }]) await answerTo('/webhooks/cdevents/ci', one, STRUCTURED);
    await answerTo('/webhooks/webhook/good', event, STRUCTURED);

    expect(started()).toHaveLength(3);
  });
});
