import { describe, expect, it } from 'vitest';
import { type Held, HandlerBench, pipelineWith } from '../../../../test/support/handler-bench.js';
import { PubsubHandler } from './pubsub.handler.js';

const subscriptionName = 'projects/project/subscriptions/subscription';
const trigger = { type: 'pubsub', pubsubSystem: 'google', subscriptionName };
const message = { subscriptionName, pubsubSystem: 'GOOGLE', messagePayload: '{}', ackDeadlineSeconds: 1 };
const bench = new HandlerBench(new PubsubHandler());

const eventOf = (messageDescription: object | null, payload: object | null = {}) => ({
  details: { type: 'pubsub' },
  content: { messageDescription },
  payload,
  eventId: 'E',
});
const hold = (payload: object | null, ...triggers: object[]): Promise<Held> =>
  bench.hold(eventOf(message, payload), ...triggers);

describe('a message of a subscription', () => {
  it('starts the pipeline with its payload (core.md §10, test 183)', async () => {
    const configured = { ...trigger, pubsubSystem: 'Google', subscriptionName: subscriptionName.toUpperCase() };

    const { started, tags } = await hold({ key: 'value' }, configured);

    expect(started).toMatchObject([
      { ...trigger, payload: { key: 'value' }, parameters: {}, eventId: 'E', received: [] },
    ]);
    const labels = { pubsubSystem: 'google', subscriptionName };
    expect(tags).toEqual([{ monitor: 'PubsubEventHandler', application: 'application', ...labels }]);
  });

  it.each([
    [null, []],
    [[], []],
    [[{ type: 'artifact', name: 'n' }], ['goodId']],
    [[{ type: 'artifactType', name: 'n' }], ['regexId']],
    [[{ type: 'artifact' }], []],
  ])('brings the artifacts %j to a trigger that expects %j (tests 178 to 182)', async (artifacts, ids) => {
    const expectedArtifacts = [
      { id: 'goodId', matchArtifact: { type: 'artifact', name: 'n' } },
      { id: 'regexId', matchArtifact: { type: 'artifact.*', name: 'n' } },
    ];
    const pipeline = pipelineWith([{ ...trigger, expectedArtifactIds: ids }], { expectedArtifacts });

    const { started } = await bench.holdAgainst(eventOf({ ...message, artifacts }), pipeline);

    expect(started).toHaveLength(1);
    expect(started[0]?.received).toMatchObject(artifacts ?? []);
  });

  it('starts nothing that expects an artifact the pipeline does not have (test 187)', async () => {
    expect((await hold({}, { ...trigger, expectedArtifactIds: ['badId'] })).started).toEqual([]);
  });

  it.each([
    { enabled: false },
    { subscriptionName: 'wrongName' },
    { pubsubSystem: 'noogle' },
    { pubsubSystem: 'amazon' },
    { subscriptionName: null },
    { pubsubSystem: null },
  ])('starts only the good one beside a trigger with %j (tests 184 to 189)', async (bad) => {
    expect((await hold({}, { ...trigger, ...bad }, trigger)).started).toHaveLength(1);
  });

  it.each([
    [null, { key: 'value' }, true],
    [{ key: 'value' }, { key: 'value' }, true],
    [{ key: 'al' }, { key: 'value' }, true],
    [{}, {}, true],
    [{ key: 'wrongValue' }, { key: 'value' }, false],
    [{ '$.key': 'value' }, { key: 'value' }, false],
  ])('is held against the constraints %j with the values %j (tests 190 to 195)', async (constraints, values, met) => {
    const inPayload = await hold(values, { ...trigger, payloadConstraints: constraints });
    const event = eventOf({ ...message, messageAttributes: values });
    const inAttributes = await bench.hold(event, { ...trigger, attributeConstraints: constraints });

    expect([inPayload.started.length, inAttributes.started.length]).toEqual(met ? [1, 1] : [0, 0]);
    if (met) return;
    expect(inPayload.rejections[0]).toMatch(/^payloadConstraints: /);
    expect(inAttributes.rejections[0]).toMatch(/^attributeConstraints: /);
  });

  it('without attributes meets no attribute constraints', async () => {
    expect((await hold({}, { ...trigger, attributeConstraints: { k: 'v' } })).rejections).toEqual([
      'attributeConstraints: values | none',
    ]);
  });

  it.each([
    [{ parameters: { a: 'b' } }, { a: 'b' }],
    [{}, {}],
    [{ parameters: null }, undefined],
  ])('gives the pipeline the parameters of %j', async (payload, parameters) => {
    const { started } = await hold(payload, { ...trigger, parameters: { configured: 'x' } });

    expect(started[0]?.parameters).toEqual(parameters);
  });

  it.each([
    [
      { link: 'https://x', linkText: 'see' },
      { link: 'https://x', linkText: 'see' },
    ],
    [{ link: 'https://x' }, {}],
    [{ link: 'https://x', linkText: ' ' }, {}],
    [{ link: 1, linkText: 'see' }, {}],
  ])('gives the pipeline the link of %j (test 196)', async (payload, link) => {
    const { started } = await hold(payload, trigger);
    const { link: url, linkText } = started[0] ?? {};

    expect({ ...(url && { link: url }), ...(linkText && { linkText }) }).toEqual(link);
  });

  it.each([
    [null, 'payload: a message that is a JSON object | another one'],
    [{ parameters: 'x' }, "payload: parameters: an object | 'x'"],
  ])('with the payload %j starts nothing', async (payload, rejection) => {
    expect(await hold(payload, trigger)).toMatchObject({ started: [], rejections: [rejection] });
  });
});

describe('a pubsub event', () => {
  it.each([
    [null, 'content.messageDescription: missing'],
    [{ subscriptionName }, 'content.messageDescription.pubsubSystem: missing'],
    [{ pubsubSystem: 'GOOGLE' }, 'content.messageDescription.subscriptionName: missing'],
  ])('is of no use with the message %j', async (description, unusable) => {
    expect(await bench.hold(eventOf(description), trigger)).toMatchObject({ started: [], unusable });
  });

  it('names its system in upper case', async () => {
    await expect(bench.hold(eventOf({ ...message, pubsubSystem: 'google' }), trigger)).rejects.toThrow(
      "content.messageDescription.pubsubSystem: expected a system in upper case such as AMAZON, GOOGLE, KAFKA, got 'google'",
    );
  });
});
