export { callerOf, changerOf } from './caller.js';
export { ErrorFilter } from './error.filter.js';
export { renderError } from './error-body.js';
export type { ErrorBody } from './error-body.js';
export { httpAdapter, prepareHttpServer } from './http-server.js';
export type { HttpServerOptions } from './http-server.js';
export { LoopbackOnly } from '../access/index.js';
export { bodyText, jsonText, utf8Text } from './web-request.js';
export type { WebRequest } from './web-request.js';
