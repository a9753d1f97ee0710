import { cpus, release, totalmem } from 'node:os';
import { boot } from './boot.mjs';
import { consolePages } from './console.mjs';
import { cron } from './cron.mjs';
import { durable } from './durable.mjs';
import { history } from './history.mjs';
import { intake } from './intake.mjs';
import { latency } from './latency.mjs';
import { asMarkdown, asText } from './lib/report.mjs';
import { matching } from './matching.mjs';
import { notifications } from './notifications.mjs';
import { ruleBook } from './rules.mjs';
import { scheduler } from './scheduler.mjs';

const BENCHMARKS = {
  boot,
  cron,
  matching,
  rules: ruleBook,
  latency,
  intake,
  durable,
  history,
  scheduler,
  notifications,
  console: consolePages,
};

const args = process.argv.slice(2);
const wanted = args.filter((arg) => arg !== '--markdown');
const unknown = wanted.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}: choose from ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(1);
}

const figures = [];
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`measuring ${name} …`);
  for (const figure of await benchmark()) figures.push({ ...figure, name });
}

const GIB = 1024 ** 3;
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / GIB)} GiB, Linux ${release()}, Node ${process.version}`;
const render = args.includes('--markdown') ? asMarkdown : asText;
console.log(`${render(figures)}\n\n${machine}, ${new Date().toISOString().slice(0, 10)}`);
