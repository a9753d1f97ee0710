import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { metricOf } from '../support/shown-metrics.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const HOSTILE = '^(a|a?)+$';
const BACK_REFERENCE = '^(?:(a+)+)\\1b$';

const webhook = (source: string, more: object = {}): object => ({ type: 'webhook', enabled: true, source, ...more });

/** What may stand in a store that many people and programs write to. */
const GARBAGE: object[] = [
  null,
  5,
  'pipeline',
  [],
  {},
  webhookPipeline('no-application', { application: null }),
  webhookPipeline('no-name', { name: null }),
  webhookPipeline('odd-triggers', { triggers: 'all of them' }),
  webhookPipeline('odd-stages', { stages: { wait: 1 } }),
  webhookPipeline('odd-switch', { disabled: 'perhaps' }),
  webhookPipeline('odd-stage', { stages: [5] }),
] as object[];

const FAULTY = webhookPipeline('faulty', {
  triggers: [
    null,
    'cron',
    webhook('shared', { parameters: [] }),
    webhook('shared', { enabled: 'often' }),
    webhook('shared', { payloadConstraints: 'a=b' }),
    { type: 'webhook', enabled: true },
    { enabled: true },
    { type: 'carrier-pigeon', enabled: true },
    webhook('shared'),
  ],
});

/** Pipelines whose one trigger can match nothing, by its own fault; all wait for the same webhook. */
const CONSTRAINED: Record<string, object> = {
  'invalid-pattern': { member: '[' },
  'invalid-path': { '$.member[?(@.x': 'y' },
  'pattern-of-another-kind': { member: { nested: '(' } },
  hostile: { member: HOSTILE },
  'back-reference': { member: BACK_REFERENCE },
};

const matching = (name: string, payloadConstraints: object, more: object = {}): object =>
  webhookPipeline(name, { triggers: [webhook('shared', { payloadConstraints })], ...more });

let echo: RunningEcho;

beforeAll(async () => {
  const constrained = Object.entries(CONSTRAINED).map(([name, constraints]) => matching(name, constraints));
  echo = await startEcho({ pipelines: [...GARBAGE, FAULTY, ...constrained, matching('good', { member: 'a' })] });
});

afterAll(() => echo.close());

interface Answered {
  readonly eventId: string;
}

/** Posts a webhook that all pipelines here wait for; tells its id and the names of the pipelines that it started. */
async function send(member: string): Promise<{ eventId: string; started: unknown[] }> {
  const before = echo.spinnaker.orca.requests.length;
  const { eventId } = (await (await echo.post('/webhooks/webhook/shared', { member })).json()) as Answered;
  await echo.idle();
  const posts = echo.spinnaker.orca.requests.slice(before).map(({ body }) => JSON.parse(body) as { name: string });
  return { eventId, started: posts.map(({ name }) => name).sort() };
}

interface Skipped {
  readonly name: string;
  readonly reason: string;
}

const skipped = async (): Promise<Skipped[]> => {
  const readiness = (await (await echo.get('/health/readiness')).json()) as {
    parts: { pipelines: { details: { skipped: Skipped[] } } };
  };
  return readiness.parts.pipelines.details.skipped;
};

describe('pipelines that are garbage', () => {
  it('are left out one by one, each with its reason', async () => {
    expect(await skipped()).toEqual([
      ...Array.from({ length: 4 }, () =>
        expect.objectContaining({ name: '', reason: 'expected a pipeline, a JSON object' }),
      ),
      expect.objectContaining({ reason: 'application: expected a text, got nothing' }),
      expect.objectContaining({ name: 'no-application', reason: 'application: expected a text, got nothing' }),
      expect.objectContaining({ name: '', reason: 'name: expected a text, got nothing' }),
      expect.objectContaining({ name: 'odd-triggers', reason: "triggers: expected a list, got 'all of them'" }),
      expect.objectContaining({ name: 'odd-stages', reason: 'stages: expected a list, got an object' }),
      expect.objectContaining({ name: 'odd-switch', reason: "disabled: expected true or false, got 'perhaps'" }),
      expect.objectContaining({ name: 'odd-stage', reason: 'stages[0]: expected an object, got 5' }),
    ]);
    expect(await metricOf(echo, 'echo_pipelines_skipped')).toBe(GARBAGE.length);
  });

  it('do not keep others from starting', async () => {
    expect((await send('a')).started).toContain('good');
  });
});

describe('triggers that are garbage', () => {
  it("leave their pipeline's other triggers working", async () => {
    expect((await send('a')).started.filter((name) => name === 'faulty')).toHaveLength(1);
  });
});

describe('patterns that are faulty', () => {
  it.each([
    ['invalid-pattern', 'payloadConstraints', 'member: [', /invalid/],
    ['pattern-of-another-kind', 'payloadConstraints', 'member: {nested=(}', /invalid/],
    ['invalid-path', 'payloadConstraints', '$.member[?(@.x: y', /invalid path|path is invalid/],
  ])('reject only their own trigger: %s', async (pipelineName, rule, expected, got) => {
    const { eventId, started } = await send('a');

    expect(started).toContain('good');
    expect(started).not.toContain(pipelineName);
    expect(await echo.decisionsOn(eventId)).toContainEqual(
      expect.objectContaining({
        handler: 'webhook',
        pipelineName,
        kind: 'rejected',
        rule,
        expected,
        got: expect.stringMatching(got) as string,
      }),
    );
  });

  it('that would take for ever on an engine that backtracks are answered at once', async () => {
    const { eventId, started } = await send(`${'a'.repeat(5000)}!`);

    expect(started).toEqual(['faulty', 'good']);
    expect(await echo.decisionsOn(eventId)).toContainEqual(
      expect.objectContaining({ pipelineName: 'hostile', kind: 'rejected', expected: `member: ${HOSTILE}` }),
    );
  });

  it('that only a backtracking engine can run are cut off, and said to be too slow', async () => {
    const { eventId, started } = await send('a'.repeat(40));

    expect(started).toEqual(['faulty', 'good', 'hostile']);
    expect(await echo.decisionsOn(eventId)).toContainEqual(
      expect.objectContaining({
        pipelineName: 'back-reference',
        kind: 'rejected',
        got: expect.stringMatching(/longer than \d+ ms/) as string,
      }),
    );
  });
});

describe('expected artifacts that are faulty', () => {
  it('reject only their own trigger', async () => {
    const artifact = { id: 'ea', matchArtifact: { type: 'docker/image', name: '(' } };
    const trigger = webhook('with-artifact', { expectedArtifactIds: ['ea'] });
    echo.spinnaker.pipelines.push(
      webhookPipeline('bad-artifact', { triggers: [trigger], expectedArtifacts: [artifact] }),
      webhookPipeline('with-artifact'),
    );
    await echo.reloaded();
    const before = echo.spinnaker.orca.posted('/orchestrate').length;

    const posted = { artifacts: [{ type: 'docker/image', name: 'a' }, { name: 'typeless' }] };
    const { eventId } = (await (await echo.post('/webhooks/webhook/with-artifact', posted)).json()) as Answered;
    await echo.idle();

    expect(echo.spinnaker.orca.posted('/orchestrate').slice(before)).toMatchObject([{ name: 'with-artifact' }]);
    expect(await echo.decisionsOn(eventId)).toContainEqual(
      expect.objectContaining({ pipelineName: 'bad-artifact', kind: 'rejected' }),
    );
  });
});
