import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { metricOf } from '../support/shown-metrics.js';

const webhook = (id: string, trigger: object, more: object = {}): object => ({
  application: 'shop',
  name: `Deploy ${id}`,
  id,
  stages: [],
  triggers: [trigger].flat().map((one: object) => ({ enabled: true, type: 'webhook', source: 'ci', ...one })),
  ...more,
});

const ON_MAIN = webhook('on-main', { payloadConstraints: { branch: '^main$' } });

const event = (branch = 'main', more: object = {}): object => ({
  details: { type: 'webhook', source: 'ci' },
  content: {},
  payload: { branch, ...more },
  eventId: 'E',
});

interface DryRun {
  readonly eventId: string;
  readonly decisions: readonly {
    readonly pipelineId: string | null;
    readonly kind: string;
    readonly start?: { readonly kind: string; readonly user?: string | null; readonly body?: Record<string, unknown> };
  }[];
  readonly skipped?: readonly object[];
  readonly unusable: readonly object[];
}

let echo: RunningEcho;

beforeAll(async () => {
  echo = await startEcho({ pipelines: [ON_MAIN] });
});
afterAll(() => echo.close());

const ask = (body: unknown): Promise<Response> => echo.post('/events/dry-run', body);
const dryRun = async (body: unknown): Promise<DryRun> => {
  const answer = await ask(body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as DryRun;
};

const outcomes = ({ decisions }: DryRun): unknown[] =>
  decisions.map(({ pipelineId, kind, start }) => [pipelineId, start?.kind ?? kind]);

describe('a dry run', () => {
  beforeEach(() => echo.idle());

  it('says what an event would start, as whom and with which body, and sends nothing', async () => {
    expect(await dryRun({ event: event() })).toEqual({
      eventId: 'E',
      eventType: 'webhook',
      decisions: [
        {
          handler: 'webhook',
          application: 'shop',
          pipelineName: 'Deploy on-main',
          pipelineId: 'on-main',
          triggerId: expect.any(String) as string,
          triggerType: 'webhook',
          kind: 'matched',
          start: {
            kind: 'would-start',
            path: '/orchestrate',
            user: 'anonymous',
            planned: false,
            body: expect.objectContaining({
              id: 'on-main',
              trigger: expect.objectContaining({ payload: { branch: 'main' }, eventId: 'E' }) as object,
            }) as object,
          },
        },
      ],
      omitted: 0,
      unusable: [],
    });
    await echo.idle();
    expect(echo.spinnaker.orca.requests).toEqual([]);
  });

  it('has the body that is sent when the event really comes, but for the ids of the execution', async () => {
    const [would] = (await dryRun({ event: event() })).decisions;
    await echo.post('/', event());
    await echo.idle();

    const [{ executionId: _id, ...sent } = {}] = echo.spinnaker.orca.posted('/orchestrate');
    const { correlationId: _correlation, ...trigger } = sent['trigger'] as Record<string, unknown>;
    expect({ ...sent, trigger }).toEqual(would?.start?.body);
  });

  it('says why an event would start nothing', async () => {
    expect((await dryRun({ event: event('feature') })).decisions).toMatchObject([
      {
        pipelineId: 'on-main',
        kind: 'rejected',
        rule: 'payloadConstraints',
        expected: 'branch: ^main$',
        got: 'feature',
      },
    ]);
  });

  it('leaves no trace: no metric, no decision, no event', async () => {
    const counters = ['pipelines_triggered_total', 'echo_events_processed_total', 'orca_requests_total'];
    const counts = (): Promise<number[]> => Promise.all(counters.map((name) => metricOf(echo, name)));
    const before = await counts();
    const asked = echo.spinnaker.orca.requests.length;

    await dryRun({ event: { ...event(), eventId: 'untraced' } });
    await echo.idle();

    expect(before).not.toContain(0);
    expect(await counts()).toEqual(before);
    expect((await echo.get('/events/untraced/decisions')).status).toBe(404);
    expect((await ask({ eventId: 'untraced' })).status).toBe(404);
    expect(echo.spinnaker.orca.requests).toHaveLength(asked);
  });

  it('takes a recorded event by its id, the sender’s or Echo’s', async () => {
    const posted = await echo.post('/webhooks/webhook/ci', { branch: 'other', n: 1 });
    const { eventId } = (await posted.json()) as { eventId: string };
    await echo.idle();
    const [{ inboxId } = { inboxId: '' }] = (await (await echo.get(`/events/${eventId}/decisions`)).json()) as {
      inboxId: string;
    }[];
    const edited = webhook('on-main', { payloadConstraints: { branch: 'other' } });

    for (const id of [eventId, inboxId]) {
      expect(outcomes(await dryRun({ eventId: id }))).toEqual([['on-main', 'rejected']]);
      const changed = await dryRun({ eventId: id, pipelines: [edited] });
      expect(outcomes(changed)).toEqual([['on-main', 'would-start']]);
      expect(changed.decisions[0]?.start?.body).toMatchObject({ trigger: { payload: { branch: 'other', n: 1 } } });
    }
  });

  it.each([
    ['an event that is not recorded', { eventId: 'nobody' }, 404, 'No event nobody is recorded'],
    ['neither an event nor an id', {}, 400, "either 'event'"],
    ['both', { event: {}, eventId: 'E' }, 400, "either 'event'"],
    ['an event that is none', { event: { details: 7 } }, 400, 'details'],
    ['pipelines that are no list', { event: {}, pipelines: 'all' }, 400, 'pipelines'],
    ['a list', [], 400, 'a JSON object'],
  ])('of %s is refused', async (_what, body, status, message) => {
    const answer = await ask(body);

    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { message: string }).message).toContain(message);
  });

  it('shows numbers as they would be sent', async () => {
    const answer = await ask(
      '{"event":{"details":{"type":"webhook","source":"ci"},"content":{},"eventId":"E",' +
        '"payload":{"branch":"main","n":12345678901234567890,"f":1.50}}}',
    );

    expect(await answer.text()).toContain('"payload":{"branch":"main","n":12345678901234567890,"f":1.50}');
  });
});

describe('a dry run against given pipelines', () => {
  it('knows these and no others, and leaves out those that it cannot read', async () => {
    const pipelines = [
      webhook('given', {}),
      { application: 'shop' },
      webhook('templated', {}, { type: 'templatedPipeline', schema: 'v2' }),
      webhook('half', {}, { triggers: [{ enabled: true, type: 'webhook', source: 'ci' }, { parameters: [] }] }),
    ];

    const outcome = await dryRun({ event: event(), pipelines });

    expect(outcomes(outcome)).toEqual([
      ['given', 'would-start'],
      ['half', 'would-start'],
    ]);
    expect(outcome.skipped).toEqual([
      expect.objectContaining({ application: 'shop', reason: expect.stringContaining('name') as string }),
      expect.objectContaining({ id: 'templated', reason: expect.stringContaining('planned pipeline') as string }),
      expect.objectContaining({ id: 'half', reason: expect.stringContaining('triggers[1]') as string }),
    ]);
  });

  it('says that equal triggers start their pipeline once', async () => {
    const twice = webhook('twice', [{ payloadConstraints: {} }, { payloadConstraints: {} }]);

    expect(outcomes(await dryRun({ event: event(), pipelines: [twice] }))).toEqual([
      ['twice', 'would-start'],
      ['twice', 'duplicate'],
    ]);
  });

  it('says that orca would be asked to plan a pipeline of a template, and does not ask', async () => {
    const templated = webhook('v1', {}, { type: 'templatedPipeline', config: { schema: '1' } });

    const { decisions } = await dryRun({ event: event(), pipelines: [templated] });

    expect(decisions).toMatchObject([{ start: { kind: 'would-start', planned: true } }]);
  });

  it('shows a manual start, and one that would fail', async () => {
    const manual = (pipelineNameOrId: string): object => ({
      event: {
        details: { type: 'manual' },
        content: { application: 'shop', pipelineNameOrId, trigger: { type: 'manual', user: 'joe', executionId: 'X' } },
      },
      pipelines: [ON_MAIN],
    });

    const [known] = (await dryRun(manual('Deploy on-main'))).decisions;
    const [unknown] = (await dryRun(manual('nobody'))).decisions;

    expect(known?.start).toMatchObject({ kind: 'would-start', user: null, body: { executionId: 'X' } });
    expect(unknown?.start).toMatchObject({
      kind: 'would-fail',
      path: '/fail',
      error: 'There is no pipeline nobody in application shop.',
      body: { name: 'nobody', executionId: 'X' },
    });
  });

  it('tells which handler cannot use the event', async () => {
    const { unusable } = await dryRun({ event: { details: { type: 'docker' } }, pipelines: [] });

    expect(unusable).toMatchObject([{ handler: 'docker' }]);
  });
});

describe('a dry run while starts are switched off', () => {
  it('says what holds the start back, with the body all the same', async () => {
    const held = await startEcho({ pipelines: [ON_MAIN], env: { ORCA_ENABLED: 'false' } });
    const answer = await held.post('/events/dry-run', { event: event() });
    await held.close();

    expect(((await answer.json()) as DryRun).decisions).toMatchObject([
      { start: { kind: 'suppressed', by: 'orca.enabled is false', body: { id: 'on-main' } } },
    ]);
  });
});
