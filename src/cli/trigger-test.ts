import 'reflect-metadata';
import { processEnvironment } from '../config/index.js';
import { runTriggerTests } from './trigger-test/run.js';

process.exitCode = await runTriggerTests(process.argv.slice(2), {
  env: processEnvironment(),
  cwd: process.cwd(),
  write: (text) => void process.stdout.write(text),
});
