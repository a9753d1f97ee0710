export { PipelineTriggersModule } from './pipeline-triggers.module.js';
export { PRIORITY, PostProcessesPipelines } from './post-processor.js';
export type { PipelinePostProcessor, PostProcessorOptions } from './post-processor.js';
export { HandlesTriggers, failed, keyOf, passed } from './trigger-handler.js';
export type {
  Check,
  CheckResult,
  CheckTools,
  Filled,
  Reading,
  TriggerHandler,
  TriggerHandlerOptions,
  TriggerKey,
} from './trigger-handler.js';
