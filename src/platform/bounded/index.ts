export { keepNewest } from './keep-newest.js';
