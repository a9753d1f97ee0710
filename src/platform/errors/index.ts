export { EchoError, InvalidRequestError, NotFoundError, OverloadedError } from './echo-error.js';
export type { EchoErrorOptions, LogLevel } from './echo-error.js';
export { codeOf, messageOf } from './describe.js';
