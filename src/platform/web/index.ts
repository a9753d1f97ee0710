export { callerOf } from './caller.js';
export { ErrorFilter } from './error.filter.js';
export { renderError } from './error-body.js';
export type { ErrorBody } from './error-body.js';
export { httpAdapter, prepareHttpServer } from './http-server.js';
export type { HttpServerOptions } from './http-server.js';
export { LoopbackGuard, LoopbackOnly } from './loopback.guard.js';
export { bodyText, jsonText, utf8Text } from './web-request.js';
export type { WebRequest } from './web-request.js';
