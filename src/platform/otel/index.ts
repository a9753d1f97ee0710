import type { DynamicModule } from '@nestjs/common';
import type { Settings } from '../settings/index.js';
import { otelConfig } from './otel.config.js';

/** Whether anything is to be traced. */
export function isTracing(settings: Settings): boolean {
  if (settings.get(otelConfig.disabled) || settings.get(otelConfig.exporter) === 'none') return false;
  return (settings.get(otelConfig.tracesEndpoint) ?? settings.get(otelConfig.endpoint)) !== undefined;
}

/** Tracing for the composition root; nothing of the SDK is loaded before this is called. */
export const loadTracing = async (): Promise<DynamicModule> => (await import('./otel.module.js')).otelModule();
