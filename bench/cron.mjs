import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import { parseCron, TimeZones } from '../dist/cron/index.js';
import { figure } from './lib/report.mjs';

const ZONE = 'America/New_York';
const START = Date.UTC(2026, 0, 1);
const MB = 1024 * 1024;

/** Quartz's text, the same for the others where they know it, and the most that next() may take, in µs. */
const CASES = [
  { quartz: '0 0/5 * * * ?', others: '0 */5 * * * *', target: 2 },
  { quartz: '0 0 12 * * ?', others: '0 0 12 * * *', target: 2 },
  { quartz: '0 0 12 L * ?', others: '0 0 12 L * *', target: 10 },
  { quartz: '0 0 12 15W * ?', target: 10 },
  { quartz: '0 0 12 29 2 ?', others: '0 0 12 29 2 *', target: 10 },
];

const zones = new TimeZones();

const LIBRARIES = {
  Echo: ({ quartz }) => {
    const { cron } = parseCron(quartz);
    const zone = zones.find(ZONE);
    return (after) => cron.next(after, zone);
  },
  croner: ({ others }) => {
    const cron = new Cron(others, { timezone: ZONE, mode: '6-part' });
    return (after) => cron.nextRun(new Date(after)).getTime();
  },
  'cron-parser': ({ others }) => {
    const cron = CronExpressionParser.parse(others, { tz: ZONE });
    return (after) => {
      cron.reset(new Date(after));
      return cron.next().getTime();
    };
  },
};

/** µs per call, going from one match to the next and back to the start after 200. */
function microsPerNext(next, calls) {
  const round = (count) => {
    let at = START;
    for (let i = 0; i < count; i++) at = i % 200 === 0 ? next(START) : next(at);
  };
  round(calls / 4);
  const began = performance.now();
  round(calls);
  return ((performance.now() - began) / calls) * 1000;
}

const expression = (i) => ({
  quartz: `${i % 60} ${(i * 7) % 60} ${i % 24} ? * MON-FRI`,
  others: `${i % 60} ${(i * 7) % 60} ${i % 24} * * MON-FRI`,
});
const ZONE_IDS = Intl.supportedValuesOf('timeZone');

const KEPT = {
  Echo: (i) => ({ cron: parseCron(expression(i).quartz).cron, zone: zones.find(ZONE_IDS[i % ZONE_IDS.length]) }),
  croner: (i) =>
    new Cron(expression(i).others, { timezone: ZONE_IDS[i % ZONE_IDS.length], mode: '6-part', paused: true }),
  'cron-parser': (i) => CronExpressionParser.parse(expression(i).others, { tz: ZONE_IDS[i % ZONE_IDS.length] }),
};

/** MB of heap that so many parsed triggers keep, each of its own, in all time zones, after their first next(). */
function megabytes(keep, count) {
  const before = heap();
  const kept = Array.from({ length: count }, (_, i) => keep(i));
  for (const { cron, zone } of kept) cron?.next(START, zone);
  const grown = heap() - before;
  return kept.length > 0 ? grown / MB : 0;
}

function heap() {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What the evaluation of cron expressions costs, beside two libraries that speak another dialect. */
export async function cron() {
  const figures = [];
  for (const row of CASES) {
    for (const [name, prepare] of Object.entries(LIBRARIES)) {
      if (name !== 'Echo' && row.others === undefined) continue;
      const ours = name === 'Echo';
      const micros = microsPerNext(prepare(row), ours ? 400_000 : 4_000);
      figures.push(
        figure(`next() of ${row.quartz} in ${ZONE}, ${name}`, micros, 'µs', ours ? row.target : undefined, 'less'),
      );
    }
  }
  figures.push(figure('100,000 parsed triggers with zones, Echo', megabytes(KEPT.Echo, 100_000), 'MB', 50, 'less'));
  for (const name of ['croner', 'cron-parser']) {
    // All of them would not fit into the heap.
    const value = megabytes(KEPT[name], 2_000) * 50;
    figures.push(figure(`  50 times 2,000 of them, ${name}`, value, 'MB'));
  }
  return figures;
}
