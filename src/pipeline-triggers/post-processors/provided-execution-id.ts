import type { Pipeline } from '../../pipelines/index.js';
import { PRIORITY, type PipelinePostProcessor, PostProcessesPipelines } from '../post-processor.js';

/** A caller that promised an execution id to its user finds the execution under it. */
@PostProcessesPipelines({ name: 'provided-execution-id', priority: PRIORITY.default })
export class ProvidedExecutionId implements PipelinePostProcessor {
  processPipeline(pipeline: Pipeline): Pipeline {
    const executionId = pipeline.trigger?.executionId;
    return executionId ? { ...pipeline, executionId } : pipeline;
  }
}
