import { describe, expect, it } from 'vitest';
import { type Held, HandlerBench, pipelineWith } from '../../../../test/support/handler-bench.js';
import { CdEventsHandler } from './cdevents.handler.js';

const artifact = { type: 'myArtifactType', name: 'myArtifactName' };
const headers = { 'ce-type': ['dev.cdevents.artifactPublished'], 'ce-id': ['1'] };
const trigger = { type: 'cdevents', source: 'pipelineRunFinished' };
const bench = new HandlerBench(new CdEventsHandler(), { privateHeaders: { authorization: ['Bearer geheim'] } });

const eventWith = (more: object): object => ({
  details: { type: 'cdevents', source: 'pipelineRunFinished', requestHeaders: headers },
  content: { foo: 'bar', artifacts: [artifact], parameters: { stack: 'prod' } },
  payload: { foo: 'bar' },
  eventId: 'E',
  ...more,
});
const hold = (...triggers: object[]): Promise<Held> => bench.hold(eventWith({}), ...triggers);

describe('a CDEvent', () => {
  it('starts the pipeline with its payload, parameters and artifacts (core.md §10, tests 212, 213)', async () => {
    const expectedArtifacts = [{ id: 'goodId', matchArtifact: artifact }];
    const constrained = { ...trigger, payloadConstraints: { foo: 'bar' }, expectedArtifactIds: ['goodId'] };

    const { started, tags } = await bench.holdAgainst(
      eventWith({}),
      pipelineWith([constrained], { expectedArtifacts }),
    );

    expect(started).toMatchObject([
      { ...constrained, payload: { foo: 'bar' }, parameters: { stack: 'prod' }, eventId: 'E', received: [artifact] },
    ]);
    expect(tags).toEqual([{ monitor: 'CDEventsWebhookHandler', application: 'application', type: 'cdevents' }]);
  });

  it.each([
    { enabled: false },
    { source: 'wrongName' },
    { payloadConstraints: { foo: 'baz' } },
    { type: 'webhook' },
    { source: null },
  ])('starts no trigger with %j (tests 215 to 218)', async (changes) => {
    expect((await hold({ ...trigger, ...changes })).started).toEqual([]);
  });

  it('starts nothing when it is another event', async () => {
    const details = { type: 'webhook', source: 'pipelineRunFinished' };

    expect(await bench.hold(eventWith({ details }), trigger)).toMatchObject({ started: [], rejections: [] });
  });
});

describe('the attribute constraints of a CDEvents trigger', () => {
  const withConstraints = (attributeConstraints: object): object => ({ ...trigger, attributeConstraints });

  it.each([
    { 'ce-type': 'dev.cdevents.artifactPublished' },
    { 'ce-type': 'dev.cdevents.artifactPublished', 'ce-id': 1 },
    { 'ce-id': null },
    { authorization: 'Bearer geheim' },
    {},
  ])('take an event that has the headers %j (test 214)', async (constraints) => {
    expect((await hold(withConstraints(constraints))).started).toHaveLength(1);
  });

  it.each([
    [{ 'ce-type': 'dev' }, 'header ce-type: dev | dev.cdevents.artifactPublished'],
    [{ 'ce-type': 'dev.*' }, 'header ce-type: dev.* | dev.cdevents.artifactPublished'],
    [
      { 'Ce-Type': 'dev.cdevents.artifactPublished' },
      'header Ce-Type: dev.cdevents.artifactPublished | no such header',
    ],
    [{ 'ce-id': '1', 'ce-none': null }, 'header ce-none: any value | no such header'],
    [{ constructor: null }, 'header constructor: any value | no such header'],
  ])('refuse an event for want of the headers %j', async (constraints, rejection) => {
    expect((await hold(withConstraints(constraints))).rejections).toEqual([`attributeConstraints: ${rejection}`]);
  });

  it('do not tell the value of a header that carries a secret', async () => {
    const { started, rejections } = await hold(withConstraints({ authorization: 'Bearer other' }));

    expect(started).toEqual([]);
    expect(rejections).toEqual([
      'attributeConstraints: header authorization: a value that is not shown | a value that is not shown',
    ]);
  });
});
