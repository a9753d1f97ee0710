export { instantOf, isoOf, limitOf, wordOf } from './query.js';
