export { counter, gauge, metricProviders, metricToken, timer } from './metric.js';
export type { MetricDefinition, MetricKind } from './metric.js';
