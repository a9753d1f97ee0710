export { failureEvent } from './failure.js';
export type { FailureType, RouterFailure } from './failure.js';
export { routerFailed } from './failures.facts.js';
export { FailuresModule } from './failures.module.js';
