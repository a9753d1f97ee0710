export { newUlid, ulidOf } from './ulid.js';
