import { boot } from './boot.mjs';
import { consolePages } from './console.mjs';
import { cron } from './cron.mjs';
import { durable } from './durable.mjs';
import { history } from './history.mjs';
import { intake } from './intake.mjs';
import { latency } from './latency.mjs';
import { print } from './lib/report.mjs';
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

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}: choose from ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(1);
}

for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}`);
  print(await benchmark());
}
