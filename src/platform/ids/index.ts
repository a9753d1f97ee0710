export { UlidSource, newUlid, ulidOf, ulidTime } from './ulid.js';
