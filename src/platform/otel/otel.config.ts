import { z } from 'zod';
import { setting } from '../settings/index.js';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

export type SamplerName = (typeof SAMPLERS)[number];

/** What the variables of OpenTelemetry say: `OTEL_EXPORTER_OTLP_ENDPOINT` and so on. */
export const otelConfig = {
  endpoint: setting.url('otel.exporterOtlpEndpoint', {
    description: 'Where traces go, by OTLP over HTTP in JSON: /v1/traces is added. Without it nothing is traced.',
  }),
  tracesEndpoint: setting.url('otel.exporterOtlpTracesEndpoint', {
    description: 'The whole address for traces; goes before otel.exporterOtlpEndpoint.',
  }),
  headers: setting.text('otel.exporterOtlpHeaders', {
    default: '',
    secret: true,
    description: 'Headers that go along with traces: name=value, with commas between them.',
  }),
  exporter: setting.choice('otel.tracesExporter', ['otlp', 'none'], {
    default: 'otlp',
    description: 'Where spans go: to a collector by OTLP, or nowhere.',
  }),
  disabled: setting.flag('otel.sdkDisabled', { default: false, description: 'Traces nothing.' }),
  serviceName: setting.text('otel.serviceName', { default: 'echo', description: 'How traces call this service.' }),
  resourceAttributes: setting.text('otel.resourceAttributes', {
    default: '',
    description: 'What else traces say of this instance: name=value, with commas between them.',
  }),
  sampler: setting.choice('otel.tracesSampler', SAMPLERS, {
    default: 'parentbased_always_on',
    description: 'Which traces are kept.',
  }),
  samplerArg: setting.shape('otel.tracesSamplerArg', 'number from 0 to 1', z.coerce.number().min(0).max(1), {
    default: 1,
    description: 'The share of traces that the samplers with ratio keep.',
  }),
  scheduleDelayMs: setting.millis('otel.bspScheduleDelay', {
    default: 5000,
    description: 'Milliseconds for which spans are gathered before they are sent.',
  }),
};
