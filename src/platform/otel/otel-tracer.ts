import { type Attributes, SpanKind, SpanStatusCode, type Tracer as OtelApi } from '@opentelemetry/api';
import { messageOf } from '../errors/index.js';
import type { Identity } from '../request-context/index.js';
import { type SpanEnd, type SpanOptions, type TraceFacts, Tracer } from '../tracing/index.js';
import { contextOf, headersOf } from './span-context.js';

const KINDS: Readonly<Record<SpanOptions['kind'], SpanKind>> = {
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
  producer: SpanKind.PRODUCER,
  client: SpanKind.CLIENT,
};

const attributesOf = (facts: TraceFacts = {}): Attributes =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, value]])),
  );

/** Traces with the SDK of OpenTelemetry. */
export class OtelTracer extends Tracer {
  constructor(private readonly api: OtelApi) {
    super();
  }

  async trace<T>(
    { name, kind, facts }: SpanOptions,
    { headers }: Identity,
    work: (identity: Identity) => Promise<T>,
    ended: (result: T) => SpanEnd = () => ({}),
  ): Promise<T> {
    const span = this.api.startSpan(name, { kind: KINDS[kind], attributes: attributesOf(facts) }, contextOf(headers));
    try {
      const result = await work({ headers: { ...headers, ...headersOf(span.spanContext()) } });
      const end = ended(result);
      span.setAttributes(attributesOf(end.facts));
      if (end.error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: end.error });
      return result;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
      throw error;
    } finally {
      span.end();
    }
  }
}
