export { PipelineTriggersModule } from './pipeline-triggers.module.js';
export { PRIORITY, PostProcessesPipelines } from './post-processor.js';
export type { PipelinePostProcessor, PostProcessorOptions } from './post-processor.js';
export { Content } from './content.js';
export { filledIn } from './filled-trigger.js';
export type { TriggerChanges } from './filled-trigger.js';
export { DryRun } from './dry-run/dry-run.js';
export type { DryRunOutcome } from './dry-run/dry-run.js';
export { Inquiry } from './inquiry.js';
export { fullMatch } from './pattern-check.js';
export { HandlesTriggers, failed, faulty, passed } from './trigger-handler.js';
export type {
  Check,
  CheckResult,
  CheckTools,
  Filled,
  Reading,
  RequestHeaders,
  TriggerHandler,
  TriggerHandlerOptions,
} from './trigger-handler.js';
export { ignoringCase, keyOf, lookUpKey } from './trigger-key.js';
export type { TriggerKey } from './trigger-key.js';
