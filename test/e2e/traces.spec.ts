import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { HttpPeer, type ReceivedRequest, json } from '../support/http-peer.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Span['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const TRACED = { traceparent: `00-${TRACE}-${CALLER}-01`, tracestate: 'vendor=1' };

let collector: HttpPeer;
let exported: ReceivedRequest[];
let echo: RunningEcho;

beforeEach(async () => {
  exported = [];
  collector = await HttpPeer.start((request) => {
    exported.push(request);
    return json({});
  });
});

afterEach(() => collector.close());

const start = async (env: Record<string, string> = {}): Promise<void> => {
  echo = await startEcho({ pipelines: [webhookPipeline('good')], env });
};

/** Sends an event, ends the service, and tells what orca was sent. */
async function traced(headers: Record<string, string>): Promise<ReceivedRequest | undefined> {
  await echo.post('/webhooks/webhook/good', {}, headers);
  await echo.idle();
  await echo.close();
  return echo.spinnaker.orca.requests.find(({ url }) => url === '/orchestrate');
}

const exports = (): Export[] => exported.map(({ body }) => JSON.parse(body) as Export);

const spans = (): Span[] =>
  exports().flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  );

const named = (name: string): Span | undefined => spans().find((span) => span.name === name);

const valueOf = (attributes: Span['attributes'] | undefined, key: string): unknown =>
  Object.values(attributes?.find((attribute) => attribute.key === key)?.value ?? {})[0];

/** The names from a span up to the caller. */
function pathOf(span: Span | undefined): string[] {
  if (!span) return [];
  const parent = spans().find(({ spanId }) => spanId === span.parentSpanId);
  return [span.name, ...(parent ? pathOf(parent) : [String(span.parentSpanId)])];
}

describe('With an endpoint for traces', () => {
  const env = (): Record<string, string> => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=s3cret',
    OTEL_SERVICE_NAME: 'echo-test',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=eu%20west',
  });

  it('a trace goes from the caller over event, decision and effect to the answer, and on to orca', async () => {
    await start(env());

    const sent = await traced(TRACED);

    const call = spans().find(
      ({ name, parentSpanId }) => name === 'POST' && parentSpanId === named('effect start')?.spanId,
    );
    expect(pathOf(call)).toEqual([
      'POST',
      'effect start',
      'decision',
      'listener pipeline-triggers',
      'event webhook',
      CALLER,
    ]);
    expect(new Set(spans().map(({ traceId }) => traceId))).toContain(TRACE);
    expect(sent?.headers).toMatchObject({ traceparent: `00-${TRACE}-${call?.spanId}-01`, tracestate: 'vendor=1' });
    expect(valueOf(call?.attributes, 'http.response.status_code')).toBe(200);
    expect(valueOf(named('effect start')?.attributes, 'echo.effect.outcome')).toBe('done');
    expect(valueOf(named('decision')?.attributes, 'echo.decision')).toBe('submitted');
  });

  it('goes to the collector as JSON, with the headers and the names that the variables give', async () => {
    await start(env());
    await traced(TRACED);

    expect(exported[0]).toMatchObject({ method: 'POST', url: '/v1/traces', headers: { 'api-key': 's3cret' } });
    const attributes = exports()[0]?.resourceSpans[0]?.resource.attributes;
    expect(valueOf(attributes, 'service.name')).toBe('echo-test');
    expect(valueOf(attributes, 'deployment.environment.name')).toBe('eu west');
  });

  it('an event without a trace begins one', async () => {
    await start(env());

    const sent = await traced({});

    expect(named('event webhook')?.parentSpanId).toBeFalsy();
    expect(sent?.headers['traceparent']).toContain(named('event webhook')?.traceId);
  });

  it('an effect that is given up is an error with its reason', async () => {
    await start(env());
    echo.spinnaker.orca.answering(({ url }) => (url === '/orchestrate' ? json({ message: 'no' }, 400) : undefined));

    await traced(TRACED);

    const effect = named('effect start');
    expect(effect?.status.code).toBe(2);
    expect(effect?.status.message).toContain('400');
  });

  it.each([
    ['OTEL_SDK_DISABLED', 'true'],
    ['OTEL_TRACES_EXPORTER', 'none'],
    ['OTEL_TRACES_SAMPLER', 'always_off'],
  ])('nothing is told where %s is %s', async (name, value) => {
    await start({ ...env(), [name]: value });
    await traced(TRACED);

    expect(exported).toEqual([]);
  });
});

describe('Without an endpoint for traces', () => {
  it("a caller's trace goes on to orca as it came", async () => {
    await start();

    expect((await traced(TRACED))?.headers).toMatchObject(TRACED);
  });

  it.each([
    ['nothing of the SDK is loaded', 'app.module.js', 0],
    ['while it is where traces are made', 'platform/otel/otel.module.js', 1],
  ])('%s', (_what, module, found) => {
    const script = `
      import { createRequire } from 'node:module';
      await import(${JSON.stringify(pathToFileURL(`dist/${module}`).href)});
      const loaded = Object.keys(createRequire(import.meta.url).cache);
      console.log(loaded.filter((file) => file.endsWith('@opentelemetry/sdk-trace/build/src/index.js')).length);`;
    const out = execFileSync(process.execPath, ['--import', 'reflect-metadata', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    });

    expect(Number(out)).toBe(found);
  });
});
