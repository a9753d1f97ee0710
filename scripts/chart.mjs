/**
 * `npm run chart`: renders the Helm chart with the values beside deploy/helm/rendered/*.yaml. The results are committed, so
 * that tests can look at what Helm made of the chart on machines that have no Helm; each names the digest of the chart that
 * it was made from. HELM names the binary where it is not on the path.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot } from './project.mjs';

export const CHART = inRoot('deploy/helm/echo');
export const RENDERED = inRoot('deploy/helm/rendered');
export const HELM = process.env.HELM ?? 'helm';

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .sort()
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());

/** What a rendering was made from: the chart and its values. */
export function digestOf(values) {
  const hash = createHash('sha256');
  for (const file of [...filesIn(CHART), values]) hash.update(`${path.basename(file)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

/** Runs `helm template`; throws with what Helm says when the chart refuses its values. */
export function render(...args) {
  return execFileSync(HELM, ['template', 'spin', CHART, '--kube-version', '1.31.0', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export const valuesFiles = () =>
  readdirSync(RENDERED)
    .filter((name) => name.endsWith('.values.yaml'))
    .map((name) => path.join(RENDERED, name));

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const values of valuesFiles()) {
    const text = `# Rendered by \`npm run chart\` from ${digestOf(values)}\n${render('--values', values)}`;
    writeFileSync(values.replace('.values.yaml', '.yaml'), text);
  }
}
