import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from '../../src/outbox/index.js';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from '../support/http-peer.js';
import { tlsFile, tlsPair, tlsText } from '../support/tls-fixtures.js';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Span['attributes'] };
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly Span[] }[];
  }[];
}

/** Of the executions exec-1 and exec-2: trace, and the span above all others. */
const FIRST = ['f42b7a9069c383bbfa5b0a4b3c29d4eb', 'bc393a6d037f7e5b'];
const SECOND = ['5d3d6a955f18eb686fa68d669cc7692d', 'f1be7fc088a743a8'];

let echo: RunningEcho;
let collector: HttpPeer;
let requests: ReceivedRequest[];
let replies: PeerReply[];

const respond = (request: ReceivedRequest): PeerReply => {
  requests.push(request);
  return replies.shift() ?? json({});
};

beforeEach(async () => {
  [requests, replies] = [[], []];
  collector = await HttpPeer.start(respond);
});

afterEach(async () => {
  await echo.close();
  await collector.close();
});

async function start(env: Record<string, string> = {}): Promise<void> {
  echo = await startEcho({
    env: { SPINNAKER_BASEURL: 'http://deck', CDEVENTS_ENABLED: 'true', CDEVENTS_TRANSPORT: 'OTLP', ...env },
  });
}

interface Told {
  readonly id?: string;
  /** The name of the stage, where one is meant. */
  readonly stage?: string;
  readonly status?: string;
  readonly more?: object;
}

/** Has orca report something for which a CDEvent of that type is wanted. */
async function tell(
  cdEventsType: string,
  { id = 'exec-1', stage, status = 'complete', more = {} }: Told = {},
): Promise<void> {
  const kind = stage === undefined ? 'pipeline' : 'stage';
  const notifications = [
    { type: 'cdevents', address: collector.url, cdEventsType, when: [`${kind}.${status}`], ...more },
  ];
  await echo.post('/', {
    details: { type: `orca:${kind}:${status}`, application: 'shop' },
    content: {
      execution: { id, name: 'deploy', ...(stage === undefined && { notifications }) },
      ...(stage !== undefined && {
        context: { sendNotifications: true, stageDetails: { name: stage, isSynthetic: false }, notifications },
      }),
    },
  });
  await echo.idle();
}

const exports = (): Export[] => requests.map(({ body }) => JSON.parse(body) as Export);

const spans = (): Span[] =>
  exports().flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  );

const attributesOf = (span: Span | undefined): Record<string, string> =>
  Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, value.stringValue]));

describe('a CDEvent to a collector', () => {
  it('is a span without length, of the resource and the scope that dashboards know', async () => {
    await start();

    await tell('dev.cdevents.pipelinerun.started', { status: 'starting' });

    const [span] = spans();
    expect(requests.map(({ method, url, headers }) => [method, url, headers['content-type']])).toEqual([
      ['POST', '/v1/traces', 'application/json; charset=UTF-8'],
    ]);
    expect(exports()[0]?.resourceSpans[0]).toMatchObject({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'spinnaker-echo-cdevents' } }] },
      scopeSpans: [{ scope: { name: 'spinnaker-cdevents' } }],
    });
    expect(span).toMatchObject({ name: 'dev.cdevents.pipelinerun.started', kind: 4, status: {} });
    expect(span?.startTimeUnixNano).toBe(span?.endTimeUnixNano);
    const { 'cdevents.data': data = '', ...others } = attributesOf(span);
    expect(others).toEqual({
      'cdevents.type': 'dev.cdevents.pipelinerun.started',
      'cdevents.source': 'http://deck',
      'cdevents.id': expect.any(String) as string,
      'cdevents.config.type': 'pipeline',
    });
    expect(JSON.parse(data)).toMatchObject({ subject: { id: 'exec-1', type: 'pipelineRun' } });
  });

  it('belongs to the trace of its execution, whichever instance sends it', async () => {
    await start();
    await tell('dev.cdevents.pipelinerun.queued', { status: 'starting' });
    await tell('dev.cdevents.pipelinerun.queued', { id: 'exec-2', status: 'starting' });
    await echo.close();
    await start();
    await tell('dev.cdevents.taskrun.finished', { stage: 'bake' });

    expect(spans().map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).toEqual([FIRST, SECOND, FIRST]);
    expect(new Set(spans().map(({ spanId }) => spanId)).size).toBe(3);
    expect(spans()[2]?.name).toBe('dev.cdevents.taskrun.finished [bake]');
    expect(attributesOf(spans()[2])).toMatchObject({ 'cdevents.stage.name': 'bake', 'cdevents.config.type': 'stage' });
  });

  it.each(['pipelinerun.queued', 'pipelinerun.started', 'pipelinerun.finished', 'taskrun.started', 'taskrun.finished'])(
    'is one request for %s, and nothing goes to a broker',
    async (type) => {
      await start();
      await tell(`dev.cdevents.${type}`);
      expect(requests.map(({ url }) => url)).toEqual(['/v1/traces']);
    },
  );

  it('brings the data of its own along', async () => {
    await start();

    await tell('dev.cdevents.pipelinerun.finished', {
      more: { customData: { 'commit.sha': 'abc', 'helm.chart': 'shop', build: 7 } },
    });

    expect(attributesOf(spans()[0])).toMatchObject({
      'cdevents.custom.commit.sha': 'abc',
      'cdevents.custom.helm.chart': 'shop',
      'cdevents.custom.build': '7',
    });
  });

  it('is an error where something finished with a failure', async () => {
    await start();
    await tell('dev.cdevents.pipelinerun.finished', { status: 'failed' });
    await tell('dev.cdevents.pipelinerun.finished', { id: 'exec-2' });
    await tell('dev.cdevents.pipelinerun.started', { id: 'exec-3', status: 'failed' });

    expect(spans().map(({ status }) => status)).toEqual([{ code: 2 }, {}, {}]);
  });

  it('is sent again as the same span, and dead where the collector does not take it', async () => {
    await start();
    replies = [
      { kind: 'answer', status: 503, type: 'text/plain', body: '', headers: { 'retry-after': '0' } },
      json({ partialSuccess: { rejectedSpans: '1', errorMessage: 'span too old' } }),
    ];

    await tell('dev.cdevents.pipelinerun.finished');

    expect(new Set(spans().map(({ spanId }) => spanId)).size).toBe(1);
    expect(await echo.app.get(Outbox).latest(1)).toMatchObject([
      { state: 'dead', attempts: 2, lastError: 'The collector took no span: span too old' },
    ]);
  });
});

describe('a collector with certificates of its own', () => {
  const certificates = {
    CDEVENTS_OTLPCACERTPATH: tlsFile('ca.pem'),
    CDEVENTS_OTLPCLIENTCERTPATH: tlsFile('client.pem'),
    CDEVENTS_OTLPCLIENTKEYPATH: tlsFile('client-key.pem'),
  };

  beforeEach(async () => {
    await collector.close();
    const strict = { ...tlsPair('server'), ca: tlsText('ca.pem'), requestCert: true, rejectUnauthorized: true };
    collector = await HttpPeer.start(respond, 0, strict);
  });

  it('is shown that of Echo, and trusted by its CA', async () => {
    await start(certificates);
    await tell('dev.cdevents.pipelinerun.finished');
    expect(spans()).toHaveLength(1);
  });

  it('gets nothing without', async () => {
    await start({ CDEVENTS_OTLPCACERTPATH: tlsFile('ca.pem') });

    await echo.post('/', {
      details: { type: 'orca:pipeline:complete', application: 'shop' },
      content: {
        execution: {
          id: 'exec-1',
          name: 'deploy',
          notifications: [
            { type: 'cdevents', address: collector.url, cdEventsType: 'finished', when: ['pipeline.complete'] },
          ],
        },
      },
    });
    const tried = async (): Promise<number> => (await echo.app.get(Outbox).latest(1))[0]?.attempts ?? 0;
    await expect.poll(tried, { timeout: 10_000 }).toBeGreaterThan(0);

    expect(requests).toEqual([]);
  });

  it('keeps Echo from starting where a file is missing', async () => {
    await expect(start({ CDEVENTS_OTLPCACERTPATH: '/nowhere/ca.pem' })).rejects.toThrow(
      /cdevents\.otlpCaCertPath: ENOENT/,
    );
    await start();
  });
});
