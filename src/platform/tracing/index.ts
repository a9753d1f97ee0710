export { NoTracer, Tracer } from './tracer.js';
export type { SpanEnd, SpanOptions, TraceFacts } from './tracer.js';
