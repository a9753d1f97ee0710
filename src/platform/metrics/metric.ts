import type { Provider } from '@nestjs/common';
import { getToken, makeCounterProvider, makeGaugeProvider, makeHistogramProvider } from '@willsoto/nestjs-prometheus';

export type MetricKind = 'counter' | 'gauge' | 'timer';

/**
 * One metric. A room declares its metrics in `<room>.metrics.ts`; each becomes a provider of its own, and a row of
 * docs/metrics.md.
 */
export interface MetricDefinition {
  readonly kind: MetricKind;
  /** The name in the original's spelling, with dots. */
  readonly original: string;
  /** The name in Prometheus' spelling. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
}

const SUFFIX: Record<MetricKind, string> = { counter: '_total', gauge: '', timer: '_seconds' };

/** From 0.1 ms to 30 s: what is measured here lies between an in-memory look-up and an outgoing call's retries. */
const SECONDS = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30];

function define(kind: MetricKind, original: string, help: string, labels: readonly string[]): MetricDefinition {
  const name = original.replaceAll(/[^a-zA-Z0-9_]/g, '_') + SUFFIX[kind];
  return { kind, original, name, help, labels, ...(kind === 'timer' && { buckets: SECONDS }) };
}

/** A count that only grows; Prometheus' name gets the suffix `_total`. */
export const counter = (original: string, help: string, labels: readonly string[] = []): MetricDefinition =>
  define('counter', original, help, labels);

/** A value that goes up and down. */
export const gauge = (original: string, help: string, labels: readonly string[] = []): MetricDefinition =>
  define('gauge', original, help, labels);

/** A distribution of spans, observed in seconds; Prometheus' name gets the suffix `_seconds`. */
export const timer = (original: string, help: string, labels: readonly string[] = []): MetricDefinition =>
  define('timer', original, help, labels);

function provider({ kind, name, help, labels, buckets }: MetricDefinition): Provider {
  const config = { name, help, labelNames: [...labels] };
  switch (kind) {
    case 'counter':
      return makeCounterProvider(config);
    case 'gauge':
      return makeGaugeProvider(config);
    case 'timer':
      return makeHistogramProvider({ ...config, buckets: [...(buckets ?? SECONDS)] });
  }
}

/** The providers of a room's metrics, for the `providers` of its module. */
export const metricProviders = (metrics: Readonly<Record<string, MetricDefinition>>): Provider[] =>
  Object.values(metrics).map(provider);

/** The token under which a metric's provider is injected: `@Inject(metricToken(metrics.pipelinesTriggered))`. */
export const metricToken = (metric: MetricDefinition): string => getToken(metric.name);
