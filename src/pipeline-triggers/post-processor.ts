import { extensionPoint } from '../platform/extension/index.js';
import type { Pipeline } from '../pipelines/index.js';

/** When a post-processor runs among the others; equal ones run in the order of their names. */
export const PRIORITY = {
  highest: 0,
  expectedArtifactExpressions: 100,
  buildInfo: 200,
  default: 300,
  artifactExtraction: 400,
  lowest: 500,
} as const;

/** Changes a pipeline after it has matched and before it is started (core.md §2.4). */
export interface PipelinePostProcessor {
  processPipeline(pipeline: Pipeline): Pipeline;
}

export interface PostProcessorOptions {
  readonly name: string;
  /** One of `PRIORITY`, or any number between. */
  readonly priority: number;
}

export const postProcessors = extensionPoint<PipelinePostProcessor, PostProcessorOptions>(
  'echo:pipeline-post-processor',
  'pipeline post-processor',
  ['processPipeline'],
);

/** Makes a provider a pipeline post-processor. */
export const PostProcessesPipelines = postProcessors.decorator;
