import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { startDatabase } from './lib/database.mjs';
import { startNullOrca } from './lib/null-orca.mjs';
import { figure, percentile } from './lib/report.mjs';
import { startPeer, startService } from './lib/service.mjs';

const SECONDS = 20;
const WARM_UP_SECONDS = 6;
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const MB = 1024;
const TICK_MS = 10;

const cronPipelines = (count, cronExpression) =>
  JSON.stringify(
    Array.from({ length: count }, (_, i) => ({
      application: `app-${i % 100}`,
      name: `pipeline ${i}`,
      id: `p-${i}`,
      triggers: [{ enabled: true, type: 'cron', cronExpression }],
    })),
  );

/** The instant in a ULID: an execution id begins with that of its slot. */
const instantOf = (ulid) => [...ulid.slice(0, 10)].reduce((sum, digit) => sum * 32 + DIGITS.indexOf(digit), 0);

/** Which starts belong to the measured time: those whose slots do, or those that come in it, however old their slots are. */
const bySlot = (id, from) => instantOf(id) >= from;
const byArrival = (_id, from) => Date.now() >= from;

/** An orca that takes every start and remembers which slot it was for, and how late it came. */
async function startOrca(counts) {
  const seen = { starts: 0, doubled: 0, skews: [], ids: new Set(), from: Infinity };
  const peer = await startNullOrca((body) => {
    const now = Date.now();
    const id = /"executionId":"(\w{26})"/.exec(body)?.[1];
    if (id === undefined) return;
    if (seen.ids.has(id)) seen.doubled++;
    else if (counts(id, seen.from)) {
      seen.starts++;
      seen.skews.push(now - instantOf(id));
    }
    seen.ids.add(id);
  });
  return { ...peer, seen };
}

/** Milliseconds of CPU that processes have used until now. */
async function cpuMsOf(services) {
  const used = services.map(async ({ pid }) => {
    const [, fields] = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ');
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    return (user + system) * TICK_MS;
  });
  return (await Promise.all(used)).reduce((sum, ms) => sum + ms, 0);
}

/** Runs `instances` schedulers over so many triggers and gives what orca saw of the slots of some whole seconds. */
async function run({ triggers, everySeconds, instances = 1, env = {}, counts = bySlot }) {
  const pipelines = cronPipelines(triggers, `0/${everySeconds} * * * * ?`);
  const front50 = await startPeer(() => pipelines);
  const orca = await startOrca(counts);
  const peers = { FRONT50_BASEURL: front50.url, ORCA_BASEURL: orca.url };
  const services = [];
  for (let i = 0; i < instances; i++)
    services.push(await startService({ NEST_PROFILE: 'echo-scheduler', ...peers, ...env }));
  orca.seen.from = Math.ceil(Date.now() / 2000) * 2000 + WARM_UP_SECONDS * 1000;
  const until = orca.seen.from + SECONDS * 1000;
  await pause(orca.seen.from - Date.now());
  const cpuBefore = await cpuMsOf(services);
  await pause(until - Date.now() - everySeconds * 500);
  // The slots of the measured time are over; what is still to come of them gets some seconds.
  const expected = (SECONDS / everySeconds) * triggers;
  for (let waited = 0; waited < 20 && orca.seen.starts < expected; waited++) await pause(500);
  const perSecond = (orca.seen.starts / (Date.now() - orca.seen.from)) * 1000;
  const cpuMs = ((await cpuMsOf(services)) - cpuBefore) / Math.max(1, orca.seen.starts);
  const seen = { ...orca.seen, perSecond, cpuMs, ids: [...orca.seen.ids] };
  for (const service of services) await service.stop();
  await Promise.all([front50.close(), orca.close()]);
  return { ...seen, expected, inTime: seen.ids.filter((id) => instantOf(id) >= seen.from && instantOf(id) < until) };
}

async function skewFigures(mode, env) {
  const figures = [];
  for (const [triggers, target] of [
    [100, 20],
    [1000, 100],
    [5000, undefined],
  ]) {
    const { skews, doubled, expected, inTime, cpuMs } = await run({ triggers, everySeconds: 2, env });
    const what = `${triggers.toLocaleString('en')} triggers due every 2 s, ${mode}`;
    figures.push(figure(`${what}: skew p99`, percentile(skews, 0.99), 'ms', target, 'less'));
    const lost = Math.max(0, expected - inTime.length);
    figures.push(figure('  slots lost or doubled', lost + doubled, '', 0, 'less'));
    figures.push(figure('  CPU of the scheduler per slot', cpuMs, 'ms'));
  }
  return figures;
}

/** More slots than are asked for: what is behind is posted first, so that a slot says nothing of the time it is posted in. */
async function throughput(env) {
  const load = { triggers: 12_000, everySeconds: 1, instances: 3 };
  const { perSecond, doubled, cpuMs } = await run({ ...load, env, counts: byArrival });
  return [
    figure('3 schedulers on one PostgreSQL', perSecond, 'slots/s', 10_000, 'more'),
    figure('  slots doubled', doubled, '', 0, 'less'),
    figure('  CPU of the schedulers per slot', cpuMs, 'ms'),
  ];
}

/** 100,000 triggers of which nothing changes: what comparing them costs, and what keeping them does. */
async function keeping(mode, env) {
  const pipelines = cronPipelines(100_000, '0 0 12 1 1 ?');
  const front50 = await startPeer(() => pipelines);
  const service = await startService({
    NEST_PROFILE: 'echo-scheduler',
    FRONT50_BASEURL: front50.url,
    SCHEDULER_PIPELINECONFIGSPOLLER_POLLINGINTERVALMS: '20000',
    ...env,
  });
  const metric = async (name) => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  };
  const syncs = () => metric('echo_triggers_sync_executionTimeMillis_seconds_count');
  while ((await syncs()) < 2) await pause(500);
  const before = await metric('echo_triggers_sync_executionTimeMillis_seconds_sum');
  const count = await syncs();
  await pause(45_000);
  const after = await metric('echo_triggers_sync_executionTimeMillis_seconds_sum');
  const took = (after - before) / Math.max(1, (await syncs()) - count);
  const status = await readFile(`/proc/${service.pid}/status`, 'utf8');
  const rss = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / MB;
  await service.stop();
  await front50.close();
  return [
    figure(`sync of 100,000 unchanged triggers, ${mode}`, took, 's', 1, 'less'),
    figure(`  RSS 45 s after the second poll`, rss, 'MB', 400, 'less'),
  ];
}

/** How late slots start, how many a database bears, and what many triggers cost. */
export async function scheduler() {
  const figures = [...(await skewFigures('in memory', {})), ...(await keeping('in memory', {}))];
  const database = await startDatabase();
  figures.push(...(await skewFigures('PostgreSQL', database.env)));
  await database.stop();
  const other = await startDatabase();
  figures.push(...(await throughput(other.env)));
  await other.stop();
  const third = await startDatabase();
  figures.push(...(await keeping('PostgreSQL', third.env)));
  await third.stop();
  return figures;
}
