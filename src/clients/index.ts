export { ClientsModule } from './clients.module.js';
export { FiatClient } from './fiat/fiat.client.js';
export { Front50Client } from './front50/front50.client.js';
export type { PipelineFilter } from './front50/front50.client.js';
export { IgorClient } from './igor/igor.client.js';
export type { BuildRef } from './igor/igor.client.js';
export type { Execution, ExecutionLookUp } from './orca/execution.js';
export { OrcaClient } from './orca/orca.client.js';
export type { StartAnswer } from './orca/start-answer.js';
