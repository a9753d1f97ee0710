/**
 * Writes the pages that are generated from the built code. With `--check` it writes nothing, and fails when a page
 * differs from what the code says or when a link between the pages leads nowhere.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { brokenLinks } from './links.mjs';
import { fail, inRoot, root, step } from './project.mjs';

/** Each page and the function of the built code that returns its text. */
const GENERATED = [
  { file: 'docs/command-line.md', module: 'dist/cli/docs-commands.js', render: 'renderCommandsDoc' },
  { file: 'docs/configuration.md', module: 'dist/config/docs.js', render: 'renderConfigurationDoc' },
  { file: 'docs/events.md', module: 'dist/cli/docs-events.js', render: 'renderEventsDoc' },
  { file: 'docs/metrics.md', module: 'dist/cli/docs-metrics.js', render: 'renderMetricsDoc' },
];

const HAND_WRITTEN = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

async function rendered({ file, module, render }) {
  const built = existsSync(inRoot(module)) ? await import(pathToFileURL(inRoot(module)).href) : {};
  if (!(render in built)) fail(`${file} is rendered by ${render} of ${module}, which is missing`);
  return built[render]();
}

const textOf = (file) => (existsSync(inRoot(file)) ? readFileSync(inRoot(file), 'utf8') : undefined);

async function write() {
  for (const page of GENERATED) {
    const text = await rendered(page);
    const isCurrent = text === textOf(page.file);
    if (!isCurrent) writeFileSync(inRoot(page.file), text);
    console.log(`${page.file}: ${isCurrent ? 'unchanged' : 'written'}`);
  }
}

/** Where the page and the code part, or undefined. */
async function differenceOf(page) {
  const [expected, found] = [await rendered(page), textOf(page.file)];
  if (found === expected) return undefined;
  if (found === undefined) return `${page.file} is missing: run 'npm run docs' and commit it`;
  const [want, have] = [expected.split('\n'), found.split('\n')];
  const line = want.findIndex((text, i) => text !== have[i]);
  const at = line < 0 ? want.length : line;
  return [
    `${page.file} is out of date: run 'npm run docs' and commit it. Line ${at + 1} reads`,
    `  ${have[at] ?? '(end of file)'}`,
    'where the code says',
    `  ${want[at] ?? '(end of file)'}`,
  ].join('\n');
}

function linkFaults() {
  const docs = readdirSync(inRoot('docs'), { recursive: true }).map((name) => `docs/${name}`);
  const pages = [...HAND_WRITTEN, ...docs.filter((name) => name.endsWith('.md'))];
  return pages.flatMap((page) => (existsSync(inRoot(page)) ? brokenLinks(root, inRoot(page)) : `${page} is missing`));
}

async function check() {
  const differences = [];
  for (const page of GENERATED) differences.push(await differenceOf(page));
  const faults = [...differences.filter(Boolean), ...linkFaults()];
  if (faults.length > 0) fail(...faults);
  console.log('The documentation agrees with the code, and its links lead somewhere.');
}

step('build.mjs', '--if-needed');
await (process.argv.includes('--check') ? check() : write());
