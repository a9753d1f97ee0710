export { Coalesced } from './coalesced.js';
export { Deferred } from './deferred.js';
export { Drain } from './drain.js';
export { JobRunner } from './job-runner.js';
export type { Job, JobStatus } from './job-runner.js';
export { keepHeapLean } from './lean-heap.js';
export { lifecycleConfig } from './lifecycle.config.js';
export { Shutdown } from './shutdown.js';
export type { ShutdownPhase, ShutdownStep } from './shutdown.js';
