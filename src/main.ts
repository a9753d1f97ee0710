import 'reflect-metadata';
import { bootstrap } from './bootstrap.js';
import { openConfiguration, processEnvironment } from './config/index.js';
import { EchoError } from './platform/errors/index.js';
import { keepHeapLean } from './platform/lifecycle/index.js';

try {
  await bootstrap(await openConfiguration({ env: processEnvironment(), cwd: process.cwd() }));
  keepHeapLean();
} catch (error) {
  // A fault that its reader can mend needs no stack trace around it.
  process.stderr.write(`${error instanceof EchoError ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exitCode = 1;
}
