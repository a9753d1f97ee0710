import type { Pipeline } from '../model/pipeline.js';

/** The original's tags of a start; a trigger without a type must not break the count. */
export function startLabels({ pipeline, source }: { pipeline: Pipeline; source: string }): {
  triggerSource: string;
  triggerType: string;
} {
  return { triggerSource: source, triggerType: pipeline.trigger?.type ?? 'N/A' };
}
