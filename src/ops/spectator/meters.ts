import type { MetricDefinition } from '../../platform/metrics/index.js';

/** A metric as the registry shows it: each sample by itself, those of a histogram under three names. */
export interface ShownMetric {
  readonly name: string;
  readonly type: string;
  readonly values: readonly ShownSample[];
}

export interface ShownSample {
  readonly value: number;
  readonly labels: Readonly<Partial<Record<string, string | number>>>;
  readonly metricName?: string;
}

export interface Meter {
  readonly kind: string;
  readonly values: readonly TaggedPoints[];
}

export interface TaggedPoints {
  readonly tags: readonly Tag[];
  readonly values: readonly { readonly t: number; readonly v: number }[];
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

const KINDS: Readonly<Record<string, string>> = { counter: 'Counter', gauge: 'Gauge', summary: 'Timer' };
const NANOSECONDS = 1e9;

/** What of a histogram is shown: how often, and how much in all; a span is told in nanoseconds. */
function statisticOf(
  sample: ShownSample,
  isTimer: boolean,
): { readonly name: string; readonly factor: number } | undefined {
  if (sample.metricName?.endsWith('_count')) return { name: 'count', factor: 1 };
  if (!sample.metricName?.endsWith('_sum')) return undefined;
  return isTimer ? { name: 'totalTime', factor: NANOSECONDS } : { name: 'totalAmount', factor: 1 };
}

const tagsOf = (labels: ShownSample['labels']): Tag[] =>
  Object.entries(labels).map(([key, value]) => ({ key, value: String(value) }));

function pointsOf(sample: ShownSample, isTimer: boolean, now: number): TaggedPoints[] {
  if (sample.metricName === undefined) return [{ tags: tagsOf(sample.labels), values: [{ t: now, v: sample.value }] }];
  const statistic = statisticOf(sample, isTimer);
  if (!statistic) return [];
  const tags = [...tagsOf(sample.labels), { key: 'statistic', value: statistic.name }];
  return [{ tags, values: [{ t: now, v: sample.value * statistic.factor }] }];
}

/**
 * All metrics by the names that the original gives them; those that it does not have keep their own.
 * @param now milliseconds since the epoch
 */
export function metersOf(
  metrics: readonly ShownMetric[],
  declared: ReadonlyMap<string, MetricDefinition>,
  now: number,
): Map<string, Meter> {
  const meters = new Map<string, Meter>();
  for (const { name, type, values } of metrics) {
    const definition = declared.get(name);
    const isTimer = definition?.kind !== 'sizes';
    const kind = KINDS[type] ?? (isTimer ? 'Timer' : 'DistributionSummary');
    const points = values.flatMap((sample) => pointsOf(sample, isTimer, now));
    if (points.length > 0) meters.set(definition?.original ?? name, { kind, values: points });
  }
  return meters;
}
