export { HEADER, NOBODY, allowAnonymous, asUser, identityOf, withRequestId } from './identity.js';
export type { Identity } from './identity.js';
