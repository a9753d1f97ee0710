/**
 * Makes a checkout ready: checks the Node version and installs the locked packages unless they're there already.
 * `npm start`, `npm test` and `.ci/run` run it first, so it has to be quick, and to need no network once installed.
 */
import { fail, readJson, runNpm } from './project.mjs';

const numbers = (version) => version.split('.').map(Number);

/** Whether `version` is at least `minimum`, both like 20.19.0. */
function isAtLeast(version, minimum) {
  const [have, need] = [numbers(version), numbers(minimum)];
  const differs = need.findIndex((part, i) => part !== have[i]);
  return differs < 0 || have[differs] > need[differs];
}

/** Understands the ranges that `engines.node` of package.json uses: `>=a.b.c` and `^a.b.c`, joined by `||`. */
function satisfies(version, range) {
  return range.split('||').some((part) => {
    const [, kind, minimum] = /^(>=|\^)(\d+\.\d+\.\d+)$/.exec(part.trim());
    return isAtLeast(version, minimum) && (kind === '>=' || numbers(version)[0] === numbers(minimum)[0]);
  });
}

/**
 * npm keeps its own record of what it installed, written last, so an interrupted installation has none. Packages for
 * other platforms are optional and absent.
 */
function isInstalled() {
  const installed = readJson('node_modules/.package-lock.json')?.packages;
  if (!installed) return false;
  return Object.entries(readJson('package-lock.json').packages).every(([place, locked]) => {
    const found = installed[place];
    if (place === '' || !found) return place === '' || locked.optional === true;
    return found.version === locked.version && found.integrity === locked.integrity;
  });
}

const range = readJson('package.json').engines.node;
const version = process.versions.node;
if (!satisfies(version, range)) {
  fail(
    `Echo needs Node.js ${range}; this is ${version} (${process.execPath}).`,
    'Get a newer one at https://nodejs.org.',
  );
}

if (!isInstalled()) {
  console.error('Installing the packages of package-lock.json (npm ci) …');
  // The build needs the development packages, even where NODE_ENV=production would have npm leave them out.
  const { status } = runNpm(['ci', '--include=dev']);
  if (status !== 0) {
    fail('npm ci failed (see above). The first installation needs the npm registry; later runs work offline.');
  }
}
