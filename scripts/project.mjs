/** What the scripts share: where the checkout is, and how to run things in it. Runs before anything is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export const inRoot = (...parts) => path.join(root, ...parts);

/** The parsed JSON file of the checkout, or undefined when there is none. */
export function readJson(file) {
  return existsSync(inRoot(file)) ? JSON.parse(readFileSync(inRoot(file), 'utf8')) : undefined;
}

/** No input; output to stderr, because stdout belongs to what is being prepared (`npm run config:print > file`). */
const QUIET = { cwd: root, stdio: ['ignore', 2, 2] };

/** Runs a Node program to its end and returns spawnSync's result; `options` win over QUIET. */
export function runNode(args, options = {}) {
  return spawnSync(process.execPath, args, { ...QUIET, ...options });
}

/** Runs npm: the very npm that runs this script, else the one on the PATH. */
export function runNpm(args, options = {}) {
  const running = process.env.npm_execpath;
  if (running?.endsWith('npm-cli.js')) return runNode([running, ...args], options);
  return spawnSync('npm', args, { ...QUIET, ...options });
}

/** Runs one of our scripts as a step of another: where it fails, this process ends with its exit code. */
export function step(script, ...args) {
  const { status } = runNode([inRoot('scripts', script), ...args]);
  if (status !== 0) process.exit(status ?? 1);
}

/** Ends the process with a failure that says what to do. */
export function fail(...lines) {
  console.error(lines.join('\n'));
  process.exit(1);
}
