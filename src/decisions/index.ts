export { DecisionLog } from './decision-log.js';
export type { PipelineDecision } from './decision-log.js';
export { DecisionsModule } from './decisions.module.js';
