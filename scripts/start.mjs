/**
 * From a fresh clone to a running service: installs and builds what is missing, then runs the service in this very
 * process, so that signals and the exit code are those of `node dist/main.js`. `DEBUG=true` opens Node's inspector,
 * without waiting for a debugger.
 */
import inspector from 'node:inspector';
import { pathToFileURL } from 'node:url';
import { inRoot, step } from './project.mjs';

const DEBUG_PORT = 8189;

step('setup.mjs');
step('build.mjs', '--if-needed');

if (process.env.DEBUG === 'true') inspector.open(DEBUG_PORT, '127.0.0.1');

const main = inRoot('dist', 'main.js');
process.argv[1] = main;
await import(pathToFileURL(main).href);
