/**
 * Builds src/ into dist/. With `--if-needed` only when the sources differ from those of the last complete build: their
 * digest is kept in dist/, which every build empties first, so a build that broke off never counts.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root, runNode } from './project.mjs';

const INPUTS = ['src', 'package.json', 'package-lock.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];
const STAMP = inRoot('dist', '.sources');

function filesUnder(place) {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place).flatMap((name) => filesUnder(path.join(place, name)));
}

function digestOfSources() {
  const hash = createHash('sha256');
  const files = INPUTS.flatMap((input) => filesUnder(inRoot(input))).filter((file) => !file.endsWith('.spec.ts'));
  for (const file of files.sort()) {
    const content = readFileSync(file);
    hash.update(`${path.relative(root, file)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

const digest = digestOfSources();
const isBuilt = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest;
if (!isBuilt || !process.argv.includes('--if-needed')) {
  console.error('Building (nest build) …');
  const { status } = runNode([inRoot('node_modules/@nestjs/cli/bin/nest.js'), 'build']);
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(STAMP, digest);
}
