import { setTimeout as pause } from 'node:timers/promises';
import autocannon from 'autocannon';
import { Agent, request } from 'undici';
import { startDatabase } from './lib/database.mjs';
import { figure, percentile } from './lib/report.mjs';
import { steadily } from './lib/steadily.mjs';
import { startWorld } from './lib/world.mjs';

const TRIGGERS = 10_000;
const SECONDS = 10;
const WARM_UP_SECONDS = 3;
const RATE = 2000;

/** As docs/operations.md advises where thousands of events come each second. */
const NODE_OPTIONS = '--max-semi-space-size=32';

const event = (n) =>
  JSON.stringify({
    details: { type: 'webhook', source: `source-${n % TRIGGERS}` },
    content: { branch: 'main' },
    payload: { branch: 'main' },
  });

/** Each starts the pipeline of another trigger. */
const requests = Array.from({ length: 1000 }, (_, i) => ({
  method: 'POST',
  path: '/',
  headers: { 'content-type': 'application/json' },
  body: event(i * 10),
}));

const load = ({ url }, seconds) => autocannon({ url, connections: 64, pipelining: 4, requests, duration: seconds });

/** Switches starts on or off, as an operator does. */
async function switchStarts({ url }, value) {
  const answer = await request(`${url}/admin/config/orca.enabled`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ value, why: 'benchmark' }),
  });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`PUT /admin/config/orca.enabled: ${answer.statusCode}`);
}

async function idle({ url }) {
  for (;;) {
    const answer = await request(`${url}/admin/idle`);
    if ((await answer.body.json()).idle) return;
    await pause(20);
  }
}

/** How many events are accepted when senders press, and how many of their starts are held back meanwhile. */
async function accepting(service) {
  await switchStarts(service, false);
  await load(service, WARM_UP_SECONDS);
  await idle(service);
  const result = await load(service, SECONDS);
  await idle(service);
  return [
    figure(
      'POST / accepted in PostgreSQL, each matching one of 10,000 triggers',
      result['2xx'] / result.duration,
      'events/s',
      10_000,
      'more',
    ),
    figure('  answered otherwise (503 …)', result.non2xx + result.errors, '', 0, 'less'),
  ];
}

/** How many starts come to orca when as many events press, until the last of them is there. */
async function draining(service, orca) {
  await switchStarts(service, true);
  const before = orca.starts;
  const began = performance.now();
  const result = await load(service, SECONDS);
  await idle(service);
  const seconds = (performance.now() - began) / 1000;
  return [
    figure('  starts posted to orca, while events come and after', (orca.starts - before) / seconds, 'starts/s'),
    // Some were taken whose answers the load generator did not wait for at its end.
    figure('  events without a start', Math.max(0, result['2xx'] - (orca.starts - before)), '', 0, 'less'),
  ];
}

/** How long a sender waits for its answer at a steady rate. */
async function answering(service) {
  await switchStarts(service, false);
  const agent = new Agent({ connections: 64 });
  const spans = [];
  const post = async (n) => {
    const sent = performance.now();
    const answer = await request(service.url, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/json' },
      body: event(n),
    });
    await answer.body.dump();
    spans.push(performance.now() - sent);
  };
  await steadily(RATE, WARM_UP_SECONDS, post);
  spans.length = 0;
  await steadily(RATE, SECONDS, post);
  await agent.close();
  return [
    figure('POST / at 2,000/s: answer, p50', percentile(spans, 0.5), 'ms'),
    figure('POST / at 2,000/s: answer, p99', percentile(spans, 0.99), 'ms', 30, 'less'),
  ];
}

/** Events in a PostgreSQL on the same machine: taken after the commit, decided, their starts written down. */
export async function durable() {
  const database = await startDatabase();
  const orca = { starts: 0 };
  const { service, stop } = await startWorld(TRIGGERS, () => orca.starts++, { ...database.env, NODE_OPTIONS });
  try {
    const figures = [...(await accepting(service)), ...(await draining(service, orca))];
    // As in a database that has run for a while, whose log has files to use again.
    await database.query('CHECKPOINT');
    return [...figures, ...(await answering(service))];
  } finally {
    await stop();
    await database.stop();
  }
}
