import { describe, expect, it } from 'vitest';
import { type Held, HandlerBench, pipelineWith } from '../../../../test/support/handler-bench.js';
import { WebhookHandler } from './webhook.handler.js';

const artifact = { type: 'myArtifactType', name: 'myArtifactName' };
const trigger = { type: 'webhook', source: 'myCIServer' };
const constrained = { ...trigger, payloadConstraints: { foo: 'bar' }, expectedArtifactIds: ['goodId'] };
const expecting = { expectedArtifacts: [{ id: 'goodId', matchArtifact: artifact }] };
const bench = new HandlerBench(new WebhookHandler());

const eventWith = (more: object): object => ({
  details: { type: 'webhook', source: 'myCIServer' },
  content: { foo: 'bar', artifacts: [artifact] },
  payload: { foo: 'bar' },
  eventId: 'E',
  ...more,
});
const hold = (changes: object, ...triggers: object[]): Promise<Held> =>
  bench.holdAgainst(eventWith(changes), pipelineWith(triggers, expecting));

describe('a webhook', () => {
  it('is looked at whatever its type is, but for exactly manual, as the original counts it', () => {
    const types = ['webhook', 'build', '', 'MANUAL', 'manual'];

    expect(types.filter((type) => new WebhookHandler().accepts(type))).toEqual(['webhook', 'build', '', 'MANUAL']);
  });

  it('starts a pipeline whose constraints it meets and whose artifact it brings (core.md §10, test 206)', async () => {
    const { started, tags } = await hold({}, constrained);

    expect(started).toMatchObject([{ ...constrained, payload: { foo: 'bar' }, eventId: 'E', received: [artifact] }]);
    expect(tags).toEqual([{ monitor: 'WebhookEventHandler', application: 'application', type: 'webhook' }]);
  });

  it('starts a pipeline without constraints (test 207)', async () => {
    expect((await hold({}, trigger)).started).toMatchObject([{ type: 'webhook' }]);
  });

  it.each(['WEBHOOK', 'Webhook'])('may be of the type %s', async (type) => {
    expect((await hold({ details: { type, source: 'myCIServer' } }, trigger)).started).toHaveLength(1);
  });

  it('starts nothing when it is another event', async () => {
    expect(await hold({ details: { type: 'build', source: 'myCIServer' } }, trigger)).toMatchObject({
      started: [],
      rejections: [],
      unusable: undefined,
    });
  });

  it('starts a pipeline that names the empty source, where it comes from there', async () => {
    const event = { details: { type: 'webhook', source: '' } };

    expect((await hold(event, { ...trigger, source: '' }, trigger)).started).toHaveLength(1);
  });

  it('brings its parameters, or takes the configured ones away', async () => {
    const configured = { ...trigger, parameters: { a: 'configured' } };

    const sent = await hold({ content: { parameters: { a: 'sent' } } }, configured);
    const none = await hold({}, configured);

    expect(sent.started[0]?.parameters).toEqual({ a: 'sent' });
    expect(none.started[0]).not.toHaveProperty('parameters');
  });

  it('has no event id where the sender said that it has none', async () => {
    expect((await hold({ eventId: null }, trigger)).started[0]).not.toHaveProperty('eventId');
  });

  it.each([
    [{ details: { type: 'webhook' } }, 'details.source: missing'],
    [{ content: null }, 'content: missing'],
  ])('is of no use with %j', async (changes, unusable) => {
    expect(await hold(changes, trigger)).toMatchObject({ started: [], unusable });
  });

  it.each([
    [{ artifacts: 'x' }, "content.artifacts: expected a list, got 'x'"],
    [{ artifacts: [1] }, 'content.artifacts[0]: expected an object, got 1'],
    [{ parameters: [1] }, 'content.parameters: expected an object, got a list'],
  ])('is of no use with the content %j', async (content, message) => {
    await expect(hold({ content }, trigger)).rejects.toThrow(message);
  });
});

describe('a webhook trigger', () => {
  it('is rejected with its reason while it is switched off (test 208)', async () => {
    expect((await hold({}, { ...trigger, enabled: false })).rejections).toEqual(['trigger enabled: true | false']);
  });

  it.each(['wrongName', 'myciserver', null])(
    'does not wait for the event with the source %s (test 209)',
    async (source) => {
      expect(await hold({}, { ...trigger, source })).toMatchObject({ started: [], rejections: [] });
    },
  );

  it.each([
    ['foo', 'b', 'bar'],
    ['$.foo', '^bar$', 'bar'],
    ['foo', null, 'bar'],
    ['$.foo', 'yml', ['a.txt', 'b.yml']],
  ])('takes a payload that meets the constraint %s: %s', async (key, pattern, foo) => {
    const { started } = await hold({ payload: { foo } }, { ...trigger, payloadConstraints: { [key]: pattern } });

    expect(started).toHaveLength(1);
  });

  it.each([
    [{ foo: 'baz' }, 'payloadConstraints: foo: baz | bar'],
    [{ foo: 'bar', more: 'x' }, 'payloadConstraints: more: x | nothing'],
    [{ '$.deep.er': 'x' }, 'payloadConstraints: $.deep.er: x | nothing'],
  ])('rejects a payload that does not meet %j, with the first fault (test 210)', async (payloadConstraints, reason) => {
    const { started, rejections, faults } = await hold({}, { ...trigger, payloadConstraints });

    expect([started, rejections.length, faults]).toEqual([[], 1, []]);
    expect(rejections[0]).toContain(reason);
  });

  it.each([{ foo: 'bar' }, {}])('with the constraints %j wants a payload', async (payloadConstraints) => {
    expect((await hold({ payload: null }, { ...trigger, payloadConstraints })).rejections).toEqual([
      'payloadConstraints: a payload | none',
    ]);
  });

  it('takes an event without a payload where it has no constraints', async () => {
    expect((await hold({ payload: null }, trigger)).started).toHaveLength(1);
  });

  it('whose pattern is invalid is rejected and blamed, and hinders no other', async () => {
    const { started, rejections, faults } = await hold({}, { ...trigger, payloadConstraints: { foo: '[' } }, trigger);

    expect([started.length, rejections.length, faults.length]).toEqual([1, 1, 1]);
    expect(faults[0]).toContain('payloadConstraints: foo: ');
  });

  it.each([
    ['another artifact', [{ type: 'myArtifactType', name: 'otherName' }], '| myArtifactType otherName'],
    ['no artifact', [], '| no artifacts'],
  ])('rejects %s than the expected ones, and says what came (test 211)', async (_what, artifacts, got) => {
    const { started, rejections } = await hold({ content: { artifacts } }, constrained);

    expect([started, rejections.length]).toEqual([[], 1]);
    expect(rejections[0]).toContain('expectedArtifactIds: an artifact that matches goodId');
    expect(rejections[0]).toContain(got);
  });
});
