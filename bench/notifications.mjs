import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import autocannon from 'autocannon';
import { figure } from './lib/report.mjs';
import { startPeer, startService } from './lib/service.mjs';

const PER_EVENT = 20;
const SECONDS = 60;
const EARLY_SECONDS = 10;

/** A mail server that takes everything at once. */
async function startMailSink(onMail) {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('220 sink\r\n');
    let text = '';
    let inMessage = false;
    socket.on('data', (chunk) => {
      text += chunk;
      for (;;) {
        const end = text.indexOf(inMessage ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (inMessage ? 5 : 2));
        if (inMessage) {
          onMail();
          inMessage = false;
          socket.write('250 taken\r\n');
        } else if (/^DATA/i.test(line)) {
          inMessage = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, close: () => server.close() };
}

const eventWith = (notification) =>
  JSON.stringify({
    details: { source: 'orca', type: 'orca:pipeline:failed', application: 'shop' },
    content: {
      execution: {
        id: '[<id>]',
        name: 'deploy',
        status: 'TERMINAL',
        notifications: Array.from({ length: PER_EVENT }, () => ({ ...notification, when: ['pipeline.failed'] })),
      },
    },
  });

/** Resident memory of a process, in MB. */
const residentMb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

async function measure(service, body, taken) {
  const load = { url: service.url, connections: 8, method: 'POST', headers: { 'content-type': 'application/json' } };
  const running = autocannon({ ...load, body, idReplacement: true, duration: SECONDS });
  let early = 0;
  setTimeout(() => (early = residentMb(service.pid)), EARLY_SECONDS * 1000);
  const [started, before] = [performance.now(), taken()];
  await running;
  const rate = (taken() - before) / ((performance.now() - started) / 1000);
  return { rate, growth: residentMb(service.pid) - early };
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
  for (const [what, notification, taken, target] of [
    ['chat messages', { type: 'slack', address: '#a' }, () => posts, 3000],
    ['mails', { type: 'email', address: 'a@b.example' }, () => mails, 1000],
  ]) {
    const service = await startService(env);
    const { rate, growth } = await measure(service, eventWith(notification), taken);
    await service.stop();
    figures.push(figure(`${what}, ${PER_EVENT} per event`, rate, 'messages/s', target, 'more'));
    figures.push(figure('  memory after a minute, above that after ten seconds', growth, 'MB', 50, 'less'));
  }
  await Promise.all([front50.close(), slack.close(), mailSink.close()]);
  return figures;
}
