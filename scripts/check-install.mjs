/**
 * Installs the locked packages into an empty folder, as a new user would, and fails on every warning that is ours:
 * engines, peers, deprecations, install scripts. `--ignore-scripts` needs no second run: no package may have an install
 * script that is allowed to run, so both install the same.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fail, inRoot, readJson, runNpm } from './project.mjs';

/** What npm says about the settings of whoever runs it. */
const ABOUT_THE_USER = /^npm warn (Unknown (user|global|env|cli|builtin) config|invalid config|config |using --force)/i;

/** Packages whose install script npm 11 would ask about and npm 10 would just run. */
function undecidedScripts() {
  const decided = readJson('package.json').allowScripts ?? {};
  return Object.entries(readJson('package-lock.json').packages)
    .filter(([, locked]) => locked.hasInstallScript)
    .map(([place]) => place.split('node_modules/').at(-1))
    .filter((name) => decided[name] !== false)
    .map((name) => `${name} has an install script; refuse it in allowScripts of package.json, and do without`);
}

/** Installs into an empty folder and returns what npm complained about. */
function complaintsOfInstall() {
  const folder = mkdtempSync(path.join(tmpdir(), 'echo-install-'));
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc'])
      copyFileSync(inRoot(file), path.join(folder, file));
    const args = ['ci', '--include=dev', '--prefer-offline', '--loglevel=warn'];
    const { status, stderr } = runNpm(args, { cwd: folder, stdio: 'pipe', encoding: 'utf8' });
    const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !ABOUT_THE_USER.test(line));
    return status === 0 ? lines : [...lines, `npm ci ended with ${status}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const complaints = [...undecidedScripts(), ...complaintsOfInstall()];
if (complaints.length > 0) fail('The installation is not clean:', ...complaints);
console.log('The installation is clean.');
