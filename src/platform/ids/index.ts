export { UlidSource, newUlid, ulidOf } from './ulid.js';
