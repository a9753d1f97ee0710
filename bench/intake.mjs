import autocannon from 'autocannon';
import { figure } from './lib/report.mjs';
import { startWorld } from './lib/world.mjs';

const TRIGGERS = 10_000;
const SECONDS = 10;

const event = (source) =>
  JSON.stringify({
    details: { type: 'webhook', source },
    content: { branch: 'main' },
    payload: { branch: 'main' },
  });

/** One event in a hundred starts a pipeline, each time another one. */
function requests() {
  return Array.from({ length: 1000 }, (_, i) => ({
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/json' },
    body: event(i % 100 === 0 ? `source-${i}` : `nobody-${i}`),
  }));
}

/** Accepted events per second at `POST /`, load generator and peers on the same machine. */
export async function intake() {
  let starts = 0;
  const { service, stop } = await startWorld(TRIGGERS, () => starts++);
  const load = { url: service.url, connections: 64, pipelining: 4, requests: requests() };
  await autocannon({ ...load, duration: 3 });
  starts = 0;
  const result = await autocannon({ ...load, duration: SECONDS });
  await stop();
  return [
    figure(
      'POST / accepted, 10,000 triggers, 1 % matching',
      result['2xx'] / result.duration,
      'events/s',
      15_000,
      'more',
    ),
    figure('  answered otherwise (503 …)', result.non2xx + result.errors, '', 0, 'less'),
    figure('  starts posted to orca meanwhile', starts / result.duration, 'starts/s'),
  ];
}
