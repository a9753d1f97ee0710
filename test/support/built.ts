import path from 'node:path';

/** The folder of the built service: `dist`, or another build of the same sources that ECHO_BUILT names. */
export const BUILT = process.env['ECHO_BUILT'] ?? path.join(import.meta.dirname, '../../dist');

/** What `node` runs. */
export const MAIN = path.join(BUILT, 'main.js');
