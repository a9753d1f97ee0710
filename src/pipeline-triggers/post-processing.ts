import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Pipeline } from '../pipelines/index.js';
import { type PipelinePostProcessor, postProcessors } from './post-processor.js';

/** All post-processors in the order of their priorities. */
@Injectable()
export class PostProcessing {
  private found: readonly PipelinePostProcessor[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** The pipeline as it starts. Throws what a post-processor throws. */
  applyTo(pipeline: Pipeline): Pipeline {
    this.found ??= this.collect();
    return this.found.reduce((current, processor) => processor.processPipeline(current), pipeline);
  }

  private collect(): PipelinePostProcessor[] {
    return postProcessors
      .collect(this.discovery)
      .sort((a, b) => a.options.priority - b.options.priority)
      .map(({ instance }) => instance);
  }
}
