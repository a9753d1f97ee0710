export { Access, LOCAL_ACTOR } from './access.js';
export { TooManyAttemptsError } from './access-errors.js';
export { accessConfig } from './access.config.js';
export { AccessGuard } from './access.guard.js';
export { Actor, actorOf, noteActor } from './actor.js';
export type { Caller } from './caller.js';
export { enforce } from './enforce.js';
export { LoopbackOnly, Open, Requires, ShowsMetrics } from './scope.js';
export type { Demand, Scope } from './scope.js';
