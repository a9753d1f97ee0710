import { Counter, Gauge, Registry } from 'prom-client';
import type { MetricDefinition } from '../../src/platform/metrics/index.js';

const configOf = ({ name, help, labels }: MetricDefinition) => ({
  name,
  help,
  labelNames: [...labels],
  registers: [new Registry()],
});

/** A counter as a room declares it, in a registry of its own. */
export const counterOf = (metric: MetricDefinition): Counter => new Counter(configOf(metric));

/** A gauge as a room declares it, in a registry of its own. */
export const gaugeOf = (metric: MetricDefinition): Gauge => new Gauge(configOf(metric));

/** What a metric shows: each value with its labels. */
export async function shownBy(metric: Counter | Gauge): Promise<Record<string, unknown>[]> {
  const { values } = await metric.get();
  return values.map(({ value, labels }) => ({ value, ...labels }));
}

/** The sum of a metric's values, over all labels. */
export async function totalOf(metric: Counter | Gauge): Promise<number> {
  const { values } = await metric.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}
