import { afterEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { type ReceivedRequest, json } from '../support/http-peer.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const PLAN = '/plan?resolveArtifacts=true';
const PLAN_TEMPLATE = '/v2/pipelineTemplates/plan';
const STAGES = [{ type: 'wait', refId: '1' }];

let echo: RunningEcho | undefined;

afterEach(() => echo?.close());

const parsed = ({ body }: ReceivedRequest): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;

async function begin(pipelines: object[], answer: (request: ReceivedRequest) => object | undefined, status = 200) {
  const begun = await startEcho({ notReady: true });
  echo = begun;
  begun.spinnaker.orca.answering((request) => {
    const body = answer(request);
    return body && json(body, status);
  });
  begun.spinnaker.pipelines.push(...pipelines);
  await begun.reloaded();
  const { orca } = begun.spinnaker;
  return {
    orca,
    pipelines: begun.spinnaker.pipelines,
    reloaded: () => begun.reloaded(),
    asked: (path: string) => orca.requests.filter(({ url }) => url === path),
    async send(source: string): Promise<void> {
      await begun.post(`/webhooks/webhook/${source}`, { n: 1 }, { 'X-SPINNAKER-USER': 'ann' });
      await begun.idle();
    },
  };
}

describe('a pipeline of a v1 template', () => {
  const templated = webhookPipeline('templated', { type: 'templatedPipeline', config: { schema: '1' }, stages: null });
  const plan = (request: ReceivedRequest): object | undefined =>
    request.url === PLAN ? { ...parsed(request), plan: false, type: 'pipeline', stages: STAGES } : undefined;

  it('is planned when it starts, and what orca planned is posted', async () => {
    const { asked, send } = await begin([templated], plan);
    await send('templated');

    expect(asked(PLAN_TEMPLATE)).toEqual([]);
    expect(asked(PLAN).map(parsed)).toMatchObject([
      { plan: true, type: 'templatedPipeline', trigger: { type: 'webhook', payload: { n: 1 } } },
    ]);
    expect(asked(PLAN)[0]?.headers).toMatchObject({ 'x-spinnaker-anonymous': 'anonymous' });
    expect(asked('/orchestrate').map(parsed)).toMatchObject([
      { plan: false, type: 'pipeline', stages: STAGES, trigger: { type: 'webhook', payload: { n: 1 } } },
    ]);
  });

  it('keeps its trigger when the plan has none', async () => {
    const { asked, send } = await begin([templated], ({ url }) =>
      url === PLAN ? { application: 'app', name: 'templated', stages: STAGES } : undefined,
    );
    await send('templated');

    expect(asked('/orchestrate').map(parsed)).toMatchObject([{ stages: STAGES, trigger: { type: 'webhook' } }]);
  });

  it('is planned once, however often the start is tried', async () => {
    let refusals = 2;
    const { orca, asked, send } = await begin([templated], plan);
    orca.answering((request) => {
      const planned = plan(request);
      if (planned) return json(planned);
      return request.url === '/orchestrate' && refusals-- > 0 ? json({}, 429) : undefined;
    });
    await send('templated');

    expect([asked(PLAN).length, asked('/orchestrate').length]).toEqual([1, 3]);
  });

  it('is started unplanned when orca cannot plan it, so that the failure shows there', async () => {
    const { asked, send } = await begin(
      [templated],
      ({ url }) => (url === PLAN ? { message: 'no such template' } : undefined),
      400,
    );
    await send('templated');

    expect(asked('/orchestrate').map(parsed)).toMatchObject([
      { plan: false, type: 'templatedPipeline', stages: [], trigger: { type: 'webhook' } },
    ]);
  });
});

describe('a pipeline of a v2 template', () => {
  const templated = (version: number): object => ({
    application: 'app',
    name: 'templated',
    id: 'templated-id',
    type: 'templatedPipeline',
    schema: 'v2',
    template: { reference: `spinnaker://t:${version}` },
    nothing: null,
  });
  const planned = { ...webhookPipeline('from-template'), id: 'templated-id', stages: STAGES };
  const plan = ({ url }: ReceivedRequest): object | undefined => (url === PLAN_TEMPLATE ? planned : undefined);

  it('is planned when it is loaded, so that the triggers of its template work', async () => {
    const { asked, send } = await begin([templated(1)], plan);
    await send('from-template');

    expect(asked(PLAN_TEMPLATE).map(parsed)).toEqual([
      expect.not.objectContaining({ nothing: expect.anything() as unknown }),
    ]);
    expect(asked(PLAN_TEMPLATE)[0]?.headers).toMatchObject({ 'x-spinnaker-anonymous': 'anonymous' });
    expect(asked(PLAN)).toEqual([]);
    expect(asked('/orchestrate').map(parsed)).toMatchObject([{ name: 'from-template', stages: STAGES }]);
  });

  it('is planned once while it does not change, and again when it does', async () => {
    const { asked, pipelines, reloaded } = await begin([templated(1)], plan);
    await reloaded();
    expect(asked(PLAN_TEMPLATE)).toHaveLength(1);

    pipelines.splice(0, 1, templated(2));
    await reloaded();
    expect(asked(PLAN_TEMPLATE).map((request) => parsed(request)['template'])).toEqual([
      { reference: 'spinnaker://t:1' },
      { reference: 'spinnaker://t:2' },
    ]);
  });

  it('keeps its last good plan when a new one cannot be had', async () => {
    const { orca, pipelines, reloaded, send, asked } = await begin([templated(1)], plan);
    orca.answering(({ url }) => (url === PLAN_TEMPLATE ? json({ message: 'no such template' }, 404) : undefined));
    pipelines.splice(0, 1, templated(2));
    await reloaded();
    await send('from-template');

    expect(asked('/orchestrate').map(parsed)).toMatchObject([{ name: 'from-template' }]);
  });

  it('that never could be planned is left out alone, and named', async () => {
    const { send, asked } = await begin(
      [templated(1), webhookPipeline('good')],
      ({ url }) => (url === PLAN_TEMPLATE ? { message: 'no such template' } : undefined),
      404,
    );
    await send('good');

    expect(asked('/orchestrate').map(parsed)).toMatchObject([{ name: 'good' }]);
    expect(await (await echo?.get('/health/readiness'))?.json()).toMatchObject({
      parts: {
        pipelines: {
          details: {
            skipped: [{ name: 'templated', reason: expect.stringContaining('no such template') as string }],
          },
        },
      },
    });
  });
});
