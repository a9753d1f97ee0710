export { instantOf, isoOf, limitOf, wordOf } from './query.js';
export { requestBody } from './request-body.js';
