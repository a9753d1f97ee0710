import type { MetricDefinition } from './metric.js';

/** A metric's declaration as a provider, so that whoever shows metrics finds what the original calls them. */
export class DeclaredMetric {
  constructor(readonly definition: MetricDefinition) {}
}
