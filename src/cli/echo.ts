#!/usr/bin/env node
import 'reflect-metadata';
import { processEnvironment } from '../config/index.js';
import { runEcho } from './commands/run.js';

process.exitCode = await runEcho(process.argv.slice(2), {
  env: processEnvironment(),
  cwd: process.cwd(),
  write: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
});
