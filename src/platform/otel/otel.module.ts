import { type DynamicModule, Global, Module, type OnModuleInit } from '@nestjs/common';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { EchoHttpModule, UndiciTransport } from '../http/index.js';
import { Shutdown } from '../lifecycle/index.js';
import { Settings } from '../settings/index.js';
import { Tracer } from '../tracing/index.js';
import { otelConfig } from './otel.config.js';
import { OtelTracer } from './otel-tracer.js';
import { OtlpExporter } from './otlp-exporter.js';
import { pairsOf } from './pairs.js';
import { samplerOf } from './sampler.js';

function providerOf(settings: Settings, transport: UndiciTransport): TracerProvider {
  const url =
    settings.get(otelConfig.tracesEndpoint) ?? `${settings.get(otelConfig.endpoint)?.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OtlpExporter(transport, { url, headers: pairsOf(settings.get(otelConfig.headers)) });
  const scheduledDelayMillis = settings.get(otelConfig.scheduleDelayMs);
  const attributes = pairsOf(settings.get(otelConfig.resourceAttributes));
  return new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ ...attributes, 'service.name': settings.get(otelConfig.serviceName) }),
    ),
    sampler: samplerOf(settings.get(otelConfig.sampler), settings.get(otelConfig.samplerArg)),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis })],
  });
}

/** Traces by OpenTelemetry. The transport is the bare one: what sends spans must not make spans. */
@Global()
@Module({
  imports: [EchoHttpModule],
  providers: [
    { provide: TracerProvider, inject: [Settings, UndiciTransport], useFactory: providerOf },
    {
      provide: Tracer,
      inject: [TracerProvider],
      useFactory: (provider: TracerProvider) => new OtelTracer(provider.getTracer('echo')),
    },
  ],
  exports: [Tracer],
})
export class OtelModule implements OnModuleInit {
  constructor(
    private readonly provider: TracerProvider,
    private readonly shutdown: Shutdown,
  ) {}

  onModuleInit(): void {
    this.shutdown.register('traces', () => this.provider.shutdown());
  }
}

export const otelModule = (): DynamicModule => ({ module: OtelModule });
