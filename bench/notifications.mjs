import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { startMailSink } from './lib/mail-sink.mjs';
import { figure } from './lib/report.mjs';
import { startPeer, startService } from './lib/service.mjs';

const PER_EVENT = 20;
const SECONDS = 60;
const EARLY_SECONDS = 10;
/** More than the outbox remembers: from here on memory has no reason to grow. */
const WARM_UP_MESSAGES = 12_000;
const SENDERS = 8;
/** As many messages may be on their way: enough to keep all busy, too few to fill the outbox. */
const ON_THE_WAY = 500;

/** An event about an execution of its own, of which so many are told, everybody at an address of their own. */
const eventWith = (number, notificationTo) =>
  JSON.stringify({
    details: { source: 'orca', type: 'orca:pipeline:failed', application: 'shop' },
    content: {
      execution: {
        id: `execution-${number}`,
        name: 'deploy',
        status: 'TERMINAL',
        notifications: Array.from({ length: PER_EVENT }, (_, i) => ({
          ...notificationTo(`${number}-${i}`),
          when: ['pipeline.failed'],
        })),
      },
    },
  });

const statusOf = (pid, what) => readFileSync(`/proc/${pid}/${what}`, 'utf8');

/** Resident memory of a process, in MB. */
const residentMb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(statusOf(pid, 'status'))?.[1] ?? 0) / 1024;

/** Time on a CPU that a process has used, in ms; the kernel counts hundredths of a second. */
const cpuMs = (pid) => {
  const fields = statusOf(pid, 'stat').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

/** Sends events as fast as their messages arrive; answers how to stop. */
function offer(service, notificationTo, taken) {
  const pool = new Pool(service.url, { connections: SENDERS });
  const already = taken();
  let [events, stopped] = [0, false];
  const isBehind = () => events * PER_EVENT - (taken() - already) > ON_THE_WAY;
  const send = async () => {
    while (!stopped) {
      if (isBehind()) await sleep(1);
      else {
        const body = eventWith(events++, notificationTo);
        const answer = await pool.request({
          path: '/',
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        });
        await answer.body.dump();
      }
    }
  };
  const senders = Array.from({ length: SENDERS }, send);
  return async () => {
    stopped = true;
    await Promise.all(senders);
    await pool.close();
  };
}

async function measure(service, notificationTo, taken) {
  const stop = offer(service, notificationTo, taken);
  while (taken() < WARM_UP_MESSAGES) await sleep(100);
  const [started, before, cpuBefore] = [performance.now(), taken(), cpuMs(service.pid)];
  await sleep(EARLY_SECONDS * 1000);
  const early = residentMb(service.pid);
  await sleep((SECONDS - EARLY_SECONDS) * 1000);
  const count = taken() - before;
  const rate = count / ((performance.now() - started) / 1000);
  const measured = { rate, cpu: (cpuMs(service.pid) - cpuBefore) / count, growth: residentMb(service.pid) - early };
  await stop();
  return measured;
}

/** Messages per second to fast sinks on the same machine, and how memory behaves meanwhile. */
export async function notifications() {
  let [posts, mails] = [0, 0];
  const front50 = await startPeer(() => '[]');
  const slack = await startPeer((_method, url) => {
    if (url.includes('chat.postMessage')) posts++;
    return '{"ok":true}';
  });
  const mailSink = await startMailSink(() => mails++);
  const env = {
    NEST_PROFILE: 'echo',
    FRONT50_BASEURL: front50.url,
    SLACK_ENABLED: 'true',
    SLACK_TOKEN: 'x',
    SLACK_BASEURL: slack.url,
    MAIL_ENABLED: 'true',
    MAIL_FROM: 'echo@x.example',
    SPRING_MAIL_HOST: '127.0.0.1',
    SPRING_MAIL_PORT: String(mailSink.port),
  };
  const figures = [];
  for (const [what, notificationTo, taken, target] of [
    ['chat messages', (name) => ({ type: 'slack', address: `#${name}` }), () => posts, 3000],
    ['mails', (name) => ({ type: 'email', address: `${name}@b.example` }), () => mails, 1000],
  ]) {
    const service = await startService(env);
    const { rate, cpu, growth } = await measure(service, notificationTo, taken);
    await service.stop();
    figures.push(figure(`${what}, ${PER_EVENT} per event`, rate, 'messages/s', target, 'more'));
    figures.push(figure('  time on a CPU', cpu, 'ms/message', 1000 / target, 'less'));
    figures.push(figure('  memory after a minute, above that after ten seconds', growth, 'MB', 50, 'less'));
  }
  await Promise.all([front50.close(), slack.close(), mailSink.close()]);
  return figures;
}
