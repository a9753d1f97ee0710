export {
  HEADER,
  NOBODY,
  TRACE_HEADERS,
  allowAnonymous,
  asUser,
  carried,
  identityOf,
  withRequestId,
} from './identity.js';
export type { Identity } from './identity.js';
