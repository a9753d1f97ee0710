import type { Provider } from '@nestjs/common';
import { getToken, makeCounterProvider, makeGaugeProvider, makeHistogramProvider } from '@willsoto/nestjs-prometheus';
import { DeclaredMetric } from './declared-metric.js';

export type MetricKind = 'counter' | 'gauge' | 'timer' | 'sizes';

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

const SUFFIX: Record<MetricKind, string> = { counter: '_total', gauge: '', timer: '_seconds', sizes: '_bytes' };

/** From 0.1 ms to 30 s: what is measured here lies between an in-memory look-up and an outgoing call's retries. */
const SECONDS = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30];

/** From a bare `{}` to the largest body that is taken by default. */
const BYTES = [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

const BUCKETS: Partial<Record<MetricKind, readonly number[]>> = { timer: SECONDS, sizes: BYTES };

function define(kind: MetricKind, original: string, help: string, labels: readonly string[]): MetricDefinition {
  const name = original.replaceAll(/[^a-zA-Z0-9_]/g, '_') + SUFFIX[kind];
  const buckets = BUCKETS[kind];
  return { kind, original, name, help, labels, ...(buckets && { buckets }) };
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

/** A distribution of sizes, observed in bytes; Prometheus' name gets the suffix `_bytes`. */
export const sizes = (original: string, help: string, labels: readonly string[] = []): MetricDefinition =>
  define('sizes', original, help, labels);

function provider({ kind, name, help, labels, buckets }: MetricDefinition): Provider {
  const config = { name, help, labelNames: [...labels] };
  switch (kind) {
    case 'counter':
      return makeCounterProvider(config);
    case 'gauge':
      return makeGaugeProvider(config);
    case 'timer':
    case 'sizes':
      return makeHistogramProvider({ ...config, buckets: [...(buckets ?? [])] });
  }
}

/** The providers of a room's metrics and of their declarations, for the `providers` of its module. */
export const metricProviders = (metrics: Readonly<Record<string, MetricDefinition>>): Provider[] =>
  Object.values(metrics).flatMap((metric) => [
    provider(metric),
    { provide: `${getToken(metric.name)}_DECLARED`, useValue: new DeclaredMetric(metric) },
  ]);

/** The token under which a metric's provider is injected: `@Inject(metricToken(metrics.pipelinesTriggered))`. */
export const metricToken = (metric: MetricDefinition): string => getToken(metric.name);
