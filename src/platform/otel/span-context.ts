import {
  type Context,
  ROOT_CONTEXT,
  type SpanContext,
  createTraceState,
  isSpanContextValid,
  trace,
} from '@opentelemetry/api';

/** Headers under their lower-case names. */
type Headers = Readonly<Record<string, string>>;

const TRACEPARENT = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-.*)?$/;

/** The context in which a trace goes on; the root where the headers name none, or none that is valid. */
export function contextOf({ traceparent = '', tracestate }: Headers): Context {
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(traceparent) ?? [];
  const parent: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
  };
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

/** The headers with which a trace goes on behind a span. */
export function headersOf({ traceId, spanId, traceFlags, traceState }: SpanContext): Headers {
  const traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  const tracestate = traceState?.serialize();
  return tracestate ? { traceparent, tracestate } : { traceparent };
}
