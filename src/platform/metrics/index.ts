export { BoundedTag } from './bounded-tag.js';
export { DeclaredMetric } from './declared-metric.js';
export { counter, gauge, metricProviders, metricToken, sizes, timer } from './metric.js';
export type { MetricDefinition, MetricKind } from './metric.js';
