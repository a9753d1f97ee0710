/** What `npm run migrate` needs. */
export { addressesOf } from './addresses.js';
export { migrate, migrationScript } from './migrate.js';
