export { sameText } from './constant-time.js';
export { headerOf, isThroughGate } from './headers.js';
export type { Headers } from './headers.js';
export { hubSignature, isHubSigned } from './hub-signature.js';
export type { HubSignature } from './hub-signature.js';
